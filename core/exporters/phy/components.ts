import { join } from 'node:path';
import { breathe } from '../../compute/breathe.ts';
import { withTransfer } from '../../shared/rpc.ts';
import { readNumbers } from '../../store/npy.ts';
import { openNpyRows } from '../../store/npyRows.ts';
import { largestEigenvectors } from './eigenvectors.ts';

/** Features a channel: what phy's feature view shows. */
export const COMPONENTS = 3;
/** Spikes of a unit that are looked at: enough for three components. */
const SPIKES_A_UNIT = 500;

export interface ComponentsArgs {
  /** With waveforms.npy of the random spikes. */
  readonly analyzer: string;
  /** Unit of every spike of the sorting, over all segments. */
  readonly unitOfSpike: Int32Array;
  /** Channels of each unit, ascending: the columns of its waveforms. */
  readonly channelsOf: readonly Int32Array[];
  readonly channels: number;
}

/** Principal components of the waveforms on each channel, of all units seen there together. */
export interface Components {
  readonly samples: number;
  /** [channels][samples] */
  readonly mean: Float32Array;
  /** [channels][components][samples], of length 1; zeros on a channel that no unit has. */
  readonly vectors: Float32Array;
}

async function* phyComponents(args: ComponentsArgs, signal: AbortSignal): AsyncGenerator<never, Components> {
  const { analyzer, unitOfSpike, channelsOf, channels } = args;
  const at = (name: string, file: string) => join(analyzer, 'extensions', name, file);
  const drawn = (await readNumbers(at('random_spikes', 'random_spikes_indices.npy'))).data;
  const file = openNpyRows(at('waveforms', 'waveforms.npy'), { write: false });
  try {
    const [, samples = 0, width = 0] = file.shape;
    const sums = Array.from({ length: channels }, () => moments(samples));
    const taken = new Int32Array(channelsOf.length);
    const random = evenly(drawn, unitOfSpike, channelsOf.length);
    for (const [row, wanted] of random.entries()) {
      if (!wanted) continue;
      const unit = unitOfSpike[drawn[row]!]!;
      if (taken[unit]!++ % 20 === 0) await breathe(signal);
      const data = file.readRows(row, 1);
      channelsOf[unit]!.forEach((channel, k) => {
        sums[channel]!.add(data, k, width);
      });
    }
    const mean = new Float32Array(channels * samples);
    const vectors = new Float32Array(channels * COMPONENTS * samples);
    for (const [channel, sum] of sums.entries()) {
      if (sum.count < 2) continue;
      await breathe(signal);
      mean.set(sum.mean(), channel * samples);
      vectors.set(largestEigenvectors(sum.covariance(), samples, COMPONENTS), channel * COMPONENTS * samples);
    }
    return withTransfer({ samples, mean, vectors }, [mean.buffer, vectors.buffer]);
  } finally {
    file.close();
  }
}

/** Which of the random spikes are looked at: every so manieth of units with many. */
function evenly(drawn: ArrayLike<number>, unitOfSpike: Int32Array, units: number): boolean[] {
  const counts = new Int32Array(units);
  for (let i = 0; i < drawn.length; i++) counts[unitOfSpike[drawn[i]!]!]!++;
  const seen = new Int32Array(units);
  return Array.from(drawn, (spike) => {
    const unit = unitOfSpike[spike]!;
    const share = Math.min(1, SPIKES_A_UNIT / counts[unit]!);
    const i = seen[unit]!++;
    return Math.floor((i + 1) * share) > Math.floor(i * share);
  });
}

interface Moments {
  readonly count: number;
  /** Column `k` of a row of waveforms. row: [samples][width] */
  add(row: ArrayLike<number>, k: number, width: number): void;
  mean(): Float64Array;
  /** [samples][samples] */
  covariance(): Float64Array;
}

function moments(samples: number): Moments {
  const sum = new Float64Array(samples);
  let products = new Float64Array();
  const shown = new Float64Array(samples);
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(row, k, width) {
      if (count++ === 0) products = new Float64Array(samples * samples);
      for (let s = 0; s < samples; s++) sum[s]! += shown[s] = row[s * width + k]!;
      for (let a = 0; a < samples; a++) {
        const value = shown[a]!;
        for (let b = 0; b <= a; b++) products[a * samples + b]! += value * shown[b]!;
      }
    },
    mean: () => sum.map((value) => value / count),
    covariance() {
      const out = new Float64Array(samples * samples);
      for (let a = 0; a < samples; a++)
        for (let b = 0; b <= a; b++) {
          const value = (products[a * samples + b]! - (sum[a]! * sum[b]!) / count) / (count - 1);
          out[a * samples + b] = out[b * samples + a] = value;
        }
      return out;
    },
  };
}

export const phyJobs = { phyComponents };
