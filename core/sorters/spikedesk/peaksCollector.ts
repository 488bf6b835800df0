import type { Block, Collector, MakeCollector } from '../../shared/compute.ts';
import { random } from '../../shared/random.ts';
import { withTransfer } from '../../shared/rpc.ts';
import { type Basis, project } from './basis.ts';
import { channelMajor } from './channelMajor.ts';
import { detectPeaks } from './detect.ts';
import { type Geometry, neighbours } from './geometry.ts';
import { keptRows, nextRow, reservoir } from './reservoir.ts';
import type { Window } from './window.ts';

export interface PeaksArgs {
  readonly geometry: Geometry;
  readonly window: Window;
  readonly basis: Basis;
  /** See scalesOf. */
  readonly scales: Float32Array;
  /** In units of the noise. */
  readonly threshold: number;
  readonly detectRadiusUm: number;
  readonly featureRadiusUm: number;
  readonly sweep: number;
  /** Peaks kept of each channel: a random choice of all. */
  readonly keep: number;
  readonly seed: number;
}

/** Of each channel the peaks in one stretch: weights of the basis on the channels near it. [peaks][near][basis size] */
export type PeaksPart = readonly Float32Array[];

export const peaksCollector: MakeCollector<PeaksArgs> = (args) => {
  const { geometry, window, basis } = args;
  const detectNear = neighbours(geometry, args.detectRadiusUm);
  const near = neighbours(geometry, args.featureRadiusUm);
  const bags = near.map((list, c) => reservoir(list.length * basis.size, args.keep, random(args.seed + c)));
  const collector: Collector = {
    collect(block: Block) {
      const rows = block.frames + 2 * block.margin;
      const traces = channelMajor(block, args.scales);
      const from = Math.max(block.margin, window.before);
      const to = Math.min(block.margin + block.frames, rows - window.samples);
      const peaks = detectPeaks(traces, rows, from, to, args.threshold, detectNear, args.sweep);
      for (let i = 0; i < peaks.row.length; i++) {
        const channel = peaks.channel[i]!;
        const bag = bags[channel]!;
        const place = nextRow(bag);
        if (place < 0) continue;
        const start = peaks.row[i]! - window.before;
        near[channel]!.forEach((k, j) => {
          project(basis, window.samples, traces, k * rows + start, bag.values, place + j * basis.size);
        });
      }
    },
    part: (): PeaksPart => {
      const part = bags.map(keptRows);
      return withTransfer(
        part,
        part.map((features) => features.buffer),
      );
    },
  };
  return collector;
};
