import type { ChildJob } from './child.ts';
import { curateForEver } from './journalKills.ts';

/** Everything this program does as a child of itself. */
export const children: Readonly<Record<string, ChildJob>> = { curateForEver };
