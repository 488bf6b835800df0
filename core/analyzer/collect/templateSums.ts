import type { Collector } from '../../shared/compute.ts';
import type { Recording } from '../../shared/recording.ts';
import { withTransfer } from '../../shared/rpc.ts';
import type { SegmentSpikes } from '../../shared/sorting.ts';
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
  readonly sums: Sums;
  readonly squares: Sums;
}
/** float32 where only the mean is wanted: on dense probes the sums are large. */
type Sums = Float32Array | Float64Array;

/** Collector: sums of the waveforms of each unit. */
export function templateSums(args: TemplateSumsArgs, recording: Recording): Collector {
  const samples = args.nbefore + args.nafter;
  const starts = blockStarts(args.channelsOf, samples);
  const length = starts[args.channelsOf.length]!;
  const sums = args.squares ? new Float64Array(length) : new Float32Array(length);
  const squares = new Float64Array(args.squares ? length : 0);
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

/** Sums of all stretches together, in the arrays of the first. */
export function addedSums(parts: readonly TemplateSums[]): TemplateSums {
  const [total = { sums: new Float64Array(), squares: new Float64Array() }, ...others] = parts;
  for (const { sums, squares } of others) {
    for (let i = 0; i < sums.length; i++) total.sums[i]! += sums[i]!;
    for (let i = 0; i < squares.length; i++) total.squares[i]! += squares[i]!;
  }
  return total;
}
