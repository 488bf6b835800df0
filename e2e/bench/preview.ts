import { join } from 'node:path';
import { createApi } from '../../core/api/index.ts';
import { openPool } from '../../core/compute/pool.ts';
import { random } from '../../core/shared/random.ts';
import type { Session } from '../../core/shared/session.ts';
import { type Bench, timed } from './bench.ts';
import { npx384 } from './npx384.ts';

const TIMES = 30;
const LIMIT_MS = 150;
const WINDOWS_S = [0.25, 0.5];
const never = new AbortController().signal;

const rowOf = (seconds: number, part: string) => `384 channels, band-pass + reference, ${seconds} s, ${part}`;

/**
 * What one step of dragging a parameter waits for: core's answer with the tiles and all figures, after the step that is
 * tuned. What lies before it is known from the step before. "peer" is the limit.
 */
export const previewBench: Bench = {
  name: 'preview',
  rows: WINDOWS_S.flatMap((seconds) =>
    ['p50', 'p95'].map((part) => ({ name: rowOf(seconds, part), unit: 'ms', goal: 1 })),
  ),
  async *run(place) {
    const folder = await npx384(place);
    const pool = openPool({ worker: new URL('worker.mjs', place.dist) });
    const api = createApi({ pool, dataFolder: join(place.scratch, 'data'), version: 'bench' });
    try {
      const { recordings } = await done(api.inspect({ path: join(folder, 'recording') }, never));
      const [found] = recordings;
      if (!found) throw new Error(`no recording in ${folder}`);
      await done(api.open({ kind: 'recording', found }, never));
      const draw = random(1);
      for (const seconds of WINDOWS_S) {
        const took: number[] = [];
        for (let i = 0; i < TIMES; i++) {
          const startS = 1 + 55 * draw.uniform();
          const look = (steps: Session['preprocess']) =>
            done(
              api.preview({ steps, segment: 0, startS, endS: startS + seconds, order: 'depth', tiles: true }, never),
            );
          await look([]);
          const [one = 0] = await timed(1, () => look(chain(300 + i)));
          took.push(1000 * one);
        }
        took.sort((a, b) => a - b);
        const at = (part: number) => took[Math.floor(part * (took.length - 1))]!;
        yield { name: rowOf(seconds, 'p50'), ours: at(0.5), peer: LIMIT_MS };
        yield { name: rowOf(seconds, 'p95'), ours: at(0.95), peer: LIMIT_MS };
      }
    } finally {
      await api.dispose();
      await pool.close();
    }
  },
};

/** Each time another: nothing is known of it. */
function chain(freq_min: number): Session['preprocess'] {
  return [
    { step: 'bandpass_filter', params: { freq_min }, enabled: true },
    { step: 'common_reference', params: {}, enabled: true },
  ];
}

async function done<Result>(running: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = await running.next();
    if (step.done) return step.value;
  }
}
