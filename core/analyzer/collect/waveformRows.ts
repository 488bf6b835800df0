import type { Collector } from '../../shared/compute.ts';
import type { Recording } from '../../shared/recording.ts';
import type { SegmentSpikes } from '../../shared/sorting.ts';
import { openNpyRows } from '../../store/npyRows.ts';
import { cutWaveform, type WaveformWindow } from './cutWaveform.ts';
import { spikeRange } from './spikeRange.ts';

export interface WaveformRowsArgs extends WaveformWindow {
  /** A .npy file of zeros, [spikes][samples][width], rows in the order of `spikes`, segment after segment. */
  readonly path: string;
  readonly width: number;
  readonly spikes: readonly SegmentSpikes[];
  readonly channelsOf: readonly Int32Array[];
}

/** Collector: writes the waveform of each spike to its row of the file. Its part is nothing. */
export function waveformRows(args: WaveformRowsArgs, recording: Recording): Collector {
  const rowLength = (args.nbefore + args.nafter) * args.width;
  const firstRow = args.spikes.map((_, segment) =>
    args.spikes.slice(0, segment).reduce((sum, spikes) => sum + spikes.sampleIndex.length, 0),
  );
  return {
    collect(block) {
      const { sampleIndex, unitIndex } = args.spikes[block.segment]!;
      const frames = recording.info.numFrames[block.segment]!;
      const [from, to] = spikeRange(sampleIndex, block.startFrame, block.startFrame + block.frames);
      if (from === to) return;
      const rows = new Float32Array((to - from) * rowLength);
      for (let i = from; i < to; i++) {
        const channels = args.channelsOf[unitIndex[i]!]!;
        cutWaveform(block, frames, sampleIndex[i]!, channels, args, rows, (i - from) * rowLength, args.width);
      }
      // Opened for each block: a cancelled pass then leaves no file open.
      const file = openNpyRows(args.path, { sync: false });
      try {
        file.writeRows(firstRow[block.segment]! + from, rows);
      } finally {
        file.close();
      }
    },
    part: () => undefined,
  };
}
