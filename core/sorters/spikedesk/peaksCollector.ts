import type { Block, Collector, MakeCollector } from '../../shared/compute.ts';
import { type Random, random } from '../../shared/random.ts';
import { withTransfer } from '../../shared/rpc.ts';
import { type Basis, project } from './basis.ts';
import { channelMajor } from './channelMajor.ts';
import { detectPeaks } from './detect.ts';
import { type Geometry, neighbours } from './geometry.ts';
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

/** The peaks of one channel in one stretch, with their weights on the channels near it. */
export interface ChannelPeaks {
  readonly seen: number;
  readonly kept: number;
  /** Weights of the basis on each near channel. [kept][near channels][basis size] */
  readonly features: Float32Array;
}

export type PeaksPart = readonly ChannelPeaks[];

export const peaksCollector: MakeCollector<PeaksArgs> = (args) => {
  const { geometry, window, basis } = args;
  const detectNear = neighbours(geometry, args.detectRadiusUm);
  const bags = neighbours(geometry, args.featureRadiusUm).map((near, c) => makeBag(near, c, args));
  const collector: Collector = {
    collect(block: Block) {
      const rows = block.frames + 2 * block.margin;
      const traces = channelMajor(block, args.scales);
      const from = Math.max(block.margin, window.before);
      const to = Math.min(block.margin + block.frames, rows - window.samples);
      const peaks = detectPeaks(traces, rows, from, to, args.threshold, detectNear, args.sweep);
      for (let i = 0; i < peaks.row.length; i++)
        addPeak(bags[peaks.channel[i]!]!, traces, rows, peaks.row[i]! - window.before, basis, window.samples);
    },
    part: (): PeaksPart => {
      const part = bags.map((bag) => ({
        seen: bag.seen,
        kept: bag.kept,
        features: bag.features.slice(0, bag.kept * bag.width),
      }));
      return withTransfer(
        part,
        part.map((peaks) => peaks.features.buffer),
      );
    },
  };
  return collector;
};

interface Bag {
  readonly near: Int32Array;
  readonly width: number;
  readonly keep: number;
  readonly r: Random;
  seen: number;
  kept: number;
  features: Float32Array<ArrayBuffer>;
}

function makeBag(near: Int32Array, channel: number, args: PeaksArgs): Bag {
  const width = near.length * args.basis.size;
  return {
    near,
    width,
    keep: args.keep,
    r: random(args.seed + channel),
    seen: 0,
    kept: 0,
    features: new Float32Array(64 * width),
  };
}

/** Reservoir sampling (Vitter's algorithm R): each peak has the same chance to be among those kept. */
function addPeak(bag: Bag, traces: Float32Array, rows: number, start: number, basis: Basis, samples: number): void {
  bag.seen++;
  const place = bag.kept < bag.keep ? bag.kept++ : bag.r.integer(bag.seen);
  if (place >= bag.keep) return;
  if ((place + 1) * bag.width > bag.features.length) {
    const grown = new Float32Array(bag.features.length * 2);
    grown.set(bag.features);
    bag.features = grown;
  }
  bag.near.forEach((channel, k) => {
    project(basis, samples, traces, channel * rows + start, bag.features, place * bag.width + k * basis.size);
  });
}
