import type { Block, Collector, MakeCollector } from '../../shared/compute.ts';
import { random } from '../../shared/random.ts';
import { channelMajor } from './channelMajor.ts';
import { detectPeaks } from './detect.ts';
import { type Geometry, neighbours } from './geometry.ts';
import { madNoise } from './madNoise.ts';
import type { Window } from './window.ts';

export interface SurveyArgs {
  readonly geometry: Geometry;
  readonly window: Window;
  readonly threshold: number;
  readonly radiusUm: number;
  readonly sweep: number;
  readonly seed: number;
}

/** What sample blocks tell before the whole recording is read. */
export interface SurveyPart {
  /** MAD noise of each channel in each block. [blocks][channels] */
  readonly noise: readonly Float32Array[];
  /** Waveforms of peaks on their own channel, in units of its noise. [peaks][samples] */
  readonly spikes: Float32Array;
  /** Stretches without a spike, likewise. [stretches][samples] */
  readonly quiet: Float32Array;
}

const SPIKES_A_BLOCK = 400;
const QUIET_A_BLOCK = 400;
/** A stretch with a sample beyond this is not quiet. */
const LOUD = 4;

export const surveyCollector: MakeCollector<SurveyArgs> = (args) => {
  const { geometry, window, threshold, sweep } = args;
  const near = neighbours(geometry, args.radiusUm);
  const noise: Float32Array[] = [];
  const spikes: Float32Array[] = [];
  const quiet: Float32Array[] = [];
  const collector: Collector = {
    collect(block: Block) {
      const { channels, margin, frames } = block;
      const rows = frames + 2 * margin;
      const raw = channelMajor(block);
      const levels = Float32Array.from({ length: channels }, (_, c) => madNoise(raw, c * rows + margin, frames));
      noise.push(levels);
      const scales = scalesOf(levels);
      const traces = channelMajor(block, scales);
      const from = Math.max(margin, window.before);
      const to = Math.min(margin + frames, rows - window.samples);
      const cut = (channel: number, row: number) => {
        const start = channel * rows + row - window.before;
        return traces.slice(start, start + window.samples);
      };
      const peaks = detectPeaks(traces, rows, from, to, threshold, near, sweep);
      const step = Math.max(1, peaks.row.length / SPIKES_A_BLOCK);
      for (let i = 0; i < peaks.row.length; i += step)
        spikes.push(cut(peaks.channel[Math.floor(i)]!, peaks.row[Math.floor(i)]!));
      const r = random(args.seed * 1009 + block.segment * 7919 + block.startFrame);
      for (let i = 0; i < QUIET_A_BLOCK && to > from; i++) {
        const channel = r.integer(channels);
        const wave = cut(channel, from + r.integer(to - from));
        if (scales[channel]! > 0 && wave.every((v) => Math.abs(v) < LOUD)) quiet.push(wave);
      }
    },
    part: (): SurveyPart => ({ noise, spikes: joined(spikes, window.samples), quiet: joined(quiet, window.samples) }),
  };
  return collector;
};

/** What brings each channel to a noise of 1; 0 on a dead channel, which then has no spikes. */
export function scalesOf(levels: Float32Array): Float32Array {
  return levels.map((level) => (level > 0 ? 1 / level : 0));
}

function joined(waves: readonly Float32Array[], samples: number): Float32Array {
  const out = new Float32Array(waves.length * samples);
  waves.forEach((wave, i) => {
    out.set(wave, i * samples);
  });
  return out;
}
