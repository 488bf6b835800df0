import type { Collector } from '../shared/compute.ts';
import type { Recording } from '../shared/recording.ts';
import { withTransfer } from '../shared/rpc.ts';
import type { SegmentSpikes } from '../shared/sorting.ts';
import { cutWaveform, type WaveformWindow } from './cutWaveform.ts';
import { spikeRange } from './spikeRange.ts';

export interface TemplateSumsArgs extends WaveformWindow {
  /** The spikes averaged over, a segment. */
  readonly spikes: readonly SegmentSpikes[];
  /** Channels of each unit. */
  readonly channelsOf: readonly Int32Array[];
  /** Squares too, for the standard deviation. */
  readonly squares: boolean;
}

/** Unit after unit, [samples][channels of the unit]. */
export interface TemplateSums {
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** Collector: sums of the waveforms of each unit. */
export function templateSums(args: TemplateSumsArgs, recording: Recording): Collector {
  const samples = args.nbefore + args.nafter;
  const starts = blockStarts(args.channelsOf, samples);
  const sums = new Float64Array(starts[args.channelsOf.length]!);
  const squares = new Float64Array(args.squares ? sums.length : 0);
  const waveform = new Float32Array(samples * Math.max(0, ...args.channelsOf.map((channels) => channels.length)));
  return {
    collect(block) {
      const { sampleIndex, unitIndex } = args.spikes[block.segment]!;
      const frames = recording.info.numFrames[block.segment]!;
      const [from, to] = spikeRange(sampleIndex, block.startFrame, block.startFrame + block.frames);
      for (let i = from; i < to; i++) {
        const unit = unitIndex[i]!;
        const channels = args.channelsOf[unit]!;
        const length = samples * channels.length;
        waveform.fill(0, 0, length);
        cutWaveform(block, frames, sampleIndex[i]!, channels, args, waveform, 0, channels.length);
        const at = starts[unit]!;
        for (let k = 0; k < length; k++) sums[at + k]! += waveform[k]!;
        if (args.squares) for (let k = 0; k < length; k++) squares[at + k]! += waveform[k]! * waveform[k]!;
      }
    },
    part: () => withTransfer({ sums, squares }, [sums.buffer, squares.buffer]),
  };
}

/** Where each unit's [samples][channels] begins, and the length of all. */
export function blockStarts(channelsOf: readonly Int32Array[], samples: number): Float64Array {
  const starts = new Float64Array(channelsOf.length + 1);
  channelsOf.forEach((channels, unit) => {
    starts[unit + 1] = starts[unit]! + samples * channels.length;
  });
  return starts;
}

/** Sums of all stretches together. */
export function addedSums(parts: readonly TemplateSums[]): TemplateSums {
  const add = (arrays: readonly Float64Array[]) => {
    const total = Float64Array.from(arrays[0] ?? []);
    for (const array of arrays.slice(1)) for (let i = 0; i < total.length; i++) total[i]! += array[i]!;
    return total;
  };
  return { sums: add(parts.map((part) => part.sums)), squares: add(parts.map((part) => part.squares)) };
}
