import type { Sorter } from '../shared/lists.ts';
import { spikedesk } from './spikedesk.ts';

export const sorters: readonly Sorter[] = [spikedesk];
