import { join } from 'node:path';
import { must, type RoadCheck } from './check.ts';
import { cli, jsonLines } from './cli.ts';
import { ask } from './oracle.ts';

const SEEDS = [0, 1, 2];
const LEAST = 0.8;

interface Accuracy {
  readonly mean: number;
  readonly byUnit: readonly { readonly unitId: number | string; readonly accuracy: number }[];
}

/** The demo of three seeds: how accurate the worst is, and that SpikeInterface finds the same accuracy. */
export const demo: RoadCheck = {
  name: 'demo of three seeds, accuracy as SpikeInterface measures it',
  async run(place) {
    const means: number[] = [];
    let seconds = 0;
    let largest: number | undefined;
    for (const seed of SEEDS) {
      const folder = join(place.scratch, `demo ${seed}`);
      const ended = await cli(
        ['demo', '--seed', String(seed), '--folder', folder, '--json'],
        join(place.scratch, 'data'),
      );
      must(ended.code === 0, `seed ${seed}: exit code ${ended.code}: ${ended.stderr}`);
      seconds += ended.seconds;
      const accuracy = jsonLines(ended).find((line) => line.type === 'accuracy') as Accuracy | undefined;
      if (!accuracy) throw new Error(`seed ${seed}: no line of accuracy`);
      must(accuracy.byUnit.length === 16, `seed ${seed}: ${accuracy.byUnit.length} known units`);
      means.push(accuracy.mean);
      const theirs = ask(place, 'si105', 'ground_truth.py', join(folder, 'ground_truth'), join(folder, 'sorting'));
      if (!theirs) continue;
      const differences = accuracy.byUnit.map(({ unitId, accuracy }) => Math.abs(accuracy - theirs.by_unit[unitId]));
      largest = Math.max(largest ?? 0, Math.abs(accuracy.mean - theirs.mean), ...differences);
      must(largest < 1e-9, `seed ${seed}: ours differs from SpikeInterface's by ${largest}`);
    }
    const worst = Math.min(...means);
    must(worst >= LEAST, `worst accuracy ${worst.toFixed(3)}, must be ${LEAST}`);
    const each = SEEDS.map((seed, i) => `seed ${seed} ${means[i]!.toFixed(3)}`).join(', ');
    const same =
      largest === undefined ? 'SpikeInterface left out' : `SpikeInterface differs by ${largest.toExponential(0)}`;
    return `worst ${worst.toFixed(3)} (${each}); ${same}; ${(seconds / SEEDS.length).toFixed(1)} s each`;
  },
};
