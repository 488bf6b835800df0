import type { Exporter } from '../shared/lists.ts';
import { phy } from './phy.ts';
import { spikeinterface } from './spikeinterface.ts';

/** The order is that of the menu. */
export const exporters: readonly Exporter[] = [phy, spikeinterface];
