import { bitFlips } from './bitFlips.ts';
import { curation } from './curation.ts';
import { diskFull } from './diskFull.ts';
import type { FaultCase } from './faultCase.ts';
import { folderKills } from './folderKills.ts';
import { journalKills } from './journalKills.ts';
import { lockRaces } from './lockRaces.ts';
import { mutations } from './mutations.ts';
import { nthFault } from './nthFault.ts';
import { openings } from './openings.ts';
import { powerLoss } from './powerLoss.ts';
import { runKills } from './runKills.ts';
import { saveKills } from './saveKills.ts';
import { sequences } from './sequences.ts';
import { setupKills } from './setupKills.ts';
import { twoStarts } from './twoStarts.ts';

/** The cases, in the order they run. To add one: a file and a line here (and its child jobs in children.ts). */
export const cases: readonly FaultCase[] = [
  journalKills,
  curation,
  folderKills,
  runKills,
  saveKills,
  twoStarts,
  lockRaces,
  diskFull,
  powerLoss,
  nthFault,
  sequences,
  bitFlips,
  openings,
  setupKills,
  ...mutations,
];
