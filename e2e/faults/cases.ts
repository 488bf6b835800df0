import { bitFlips } from './bitFlips.ts';
import type { FaultCase } from './faultCase.ts';
import { journalKills } from './journalKills.ts';
import { sequences } from './sequences.ts';

/** The cases, in the order they run. To add one: a file and a line here (and its child jobs in children.ts). */
export const cases: readonly FaultCase[] = [journalKills, sequences, bitFlips];
