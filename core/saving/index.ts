import { binary } from './binary.ts';
import type { Saver } from './saver.ts';
import { zarr } from './zarr.ts';

/** Ways to save a recording; the order is that of the menu. */
export const savers: readonly Saver[] = [binary, zarr];
