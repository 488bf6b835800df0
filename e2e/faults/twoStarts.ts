import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultCase } from './faultCase.ts';
import { makeSmallSession, startCli } from './smallSession.ts';

/** Two `spikedesk run` of one session at (nearly) the same time. */
export const twoStarts: FaultCase = {
  name: 'two starts',
  promise: 'of two starts on one session one runs to its end, the other says who does and exits with an error',
  runs: { short: 3, full: 50 },
  async *run({ random, scratch }, runs) {
    for (let run = 0; run < runs; run++) {
      const folder = join(scratch, String(run));
      await makeSmallSession(folder);
      const starts = [];
      for (let start = 0; start < 2; start++) {
        starts.push(startCli(['run', join(folder, 'session.json')], join(scratch, 'home')));
        await wait(random.uniform() * 300);
      }
      const ends = await Promise.all(starts.map((start) => start.ended));
      const refused = ends.filter((end) => end.code !== 0);
      if (refused.length !== 1)
        yield `run ${run}: ${refused.length} of two were refused: ${ends.map((end) => end.errors).join('\n')}`;
      else if (!refused[0]!.errors.includes('in use by another Spikedesk')) yield `run ${run}: ${refused[0]!.errors}`;
    }
  },
};
