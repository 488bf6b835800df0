import type { Block, Collector } from '../../shared/compute.ts';
import { openNpyRows } from '../../store/npyRows.ts';
import { COMPONENTS, type Components } from './components.ts';

export interface FeaturesArgs {
  /** pc_features.npy, made at its full size: [spikes][components][columns] */
  readonly path: string;
  /** Spikes of each segment, ascending: frame, template, and the row in the file of the first. */
  readonly segments: readonly {
    readonly sampleIndex: Float64Array;
    readonly template: Int32Array;
    readonly firstRow: number;
  }[];
  /** Channels of each template, as in pc_feature_ind.npy: [templates][columns], -1 for none. */
  readonly channels: Int32Array;
  readonly columns: number;
  readonly components: Components;
  /** Samples of a waveform before the spike. */
  readonly nbefore: number;
  /** What the waveforms were multiplied by, and moved by, a value a channel. */
  readonly gain: Float64Array;
  readonly offset: Float64Array;
}

/** Projects every spike on the components of its template's channels, and writes it where it belongs. */
function phyFeatures(args: FeaturesArgs): Collector {
  const { path, segments, channels: ind, columns, components, nbefore, gain, offset } = args;
  const { samples, mean, vectors } = components;
  const file = openNpyRows(path);
  const row = COMPONENTS * columns;
  const waveform = new Float64Array(samples);

  const project = (
    data: Float32Array,
    at: number,
    channels: number,
    channel: number,
    out: Float32Array,
    to: number,
  ) => {
    for (let s = 0; s < samples; s++)
      waveform[s] =
        data[(at + s) * channels + channel]! * gain[channel]! + offset[channel]! - mean[channel * samples + s]!;
    for (let p = 0; p < COMPONENTS; p++) {
      const vector = (channel * COMPONENTS + p) * samples;
      let sum = 0;
      for (let s = 0; s < samples; s++) sum += waveform[s]! * vectors[vector + s]!;
      out[to + p * columns] = sum;
    }
  };
  return {
    collect({ segment, startFrame, frames, channels, margin, data }: Block) {
      const { sampleIndex, template, firstRow } = segments[segment]!;
      const from = firstAtLeast(sampleIndex, startFrame);
      const to = firstAtLeast(sampleIndex, startFrame + frames);
      if (to === from) return;
      const out = new Float32Array((to - from) * row);
      for (let i = from; i < to; i++) {
        const at = sampleIndex[i]! - startFrame + margin - nbefore;
        for (let k = 0; k < columns; k++) {
          const channel = ind[template[i]! * columns + k]!;
          if (channel >= 0) project(data, at, channels, channel, out, (i - from) * row + k);
        }
      }
      file.writeRows(firstRow + from, out);
    },
    part() {
      file.close();
      return undefined;
    },
  };
}

function firstAtLeast(values: Float64Array, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const phyCollectors = { phyFeatures };
