import type { ChildJob } from './child.ts';
import { fillDisk } from './diskFull.ts';
import { commitForEver } from './folderKills.ts';
import { curateForEver } from './journalKills.ts';
import { lockTaker } from './lockRaces.ts';
import { failEach } from './nthFault.ts';
import { recordWork } from './powerLoss.ts';

/** Everything this program does as a child of itself. */
export const children: Readonly<Record<string, ChildJob>> = {
  commitForEver,
  curateForEver,
  failEach,
  fillDisk,
  lockTaker,
  recordWork,
};
