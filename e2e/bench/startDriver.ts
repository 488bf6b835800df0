import { appendFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { outputFolder } from '../desk.ts';
import { cancelTimes, startTimes } from './startAndCancel.ts';
import { quantile } from './windowSteps.ts';

/* node startDriver.mjs STARTS CANCELS: what `npm run bench start` does as an ordinary user on a display. */

const [starts = '5', cancels = '20'] = process.argv.slice(2);

function tell(name: string, what: string, ms: readonly number[]): void {
  const [median, most] = [quantile(ms, 0.5), Math.max(...ms)];
  console.log(
    `${what}: median ${median.toFixed(0)}, most ${most.toFixed(0)} ms of ${ms.length}; load ${loadavg()[0]?.toFixed(1)}`,
  );
  appendFileSync(join(outputFolder, 'figures.jsonl'), `${JSON.stringify({ name, value: most })}\n`);
}

tell('start', 'start to the welcome page', await startTimes(Number(starts)));
const found = await cancelTimes(Number(cancels));
for (const { ms, stage } of found) if (ms > 200) console.log(`${ms.toFixed(0)} ms: ${stage}`);
tell(
  'cancel',
  'cancel to idle',
  found.map(({ ms }) => ms),
);
