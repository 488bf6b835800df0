import type { Step } from '../shared/lists.ts';
import { bandpassFilter } from './bandpassFilter.ts';
import { commonReference } from './commonReference.ts';
import { highpassFilter } from './highpassFilter.ts';
import { whiten } from './whiten.ts';

/** The order is the order in the menu. */
export const steps: readonly Step[] = [bandpassFilter, highpassFilter, commonReference, whiten];
