import { random } from '../../shared/random.ts';
import { type Basis, project } from './basis.ts';
import type { Match } from './fit.ts';
import { type MatchTemplate, PHASES } from './matchTemplate.ts';
import { keptRows, nextRow, type Reservoir, reservoir } from './reservoir.ts';
import type { Template } from './template.ts';
import type { Window } from './window.ts';

/** What a unit's spikes looked like once all other spikes were taken away. */
export interface Lesson {
  /** Channels around the unit's main one. */
  readonly channels: Int32Array;
  /** Sum over spikes. [channels][samples] */
  readonly sum: Float32Array;
  /** Sum of their sizes, and how many there were. */
  readonly sizes: number;
  readonly count: number;
  /** Weights of a choice of spikes on the template's own channels. [spikes][template channels][basis size] */
  readonly features: Float32Array<ArrayBuffer>;
}

export interface Learner {
  /** Takes what is left of a block after its matches were taken away. traces: [channels][rows] */
  add(matches: readonly Match[], left: Float32Array, rows: number): void;
  /** One a template. */
  lessons(): Lesson[];
}

export interface LearnOptions {
  readonly basis: Basis;
  readonly radiusUm: number;
  /** Spikes whose weights are kept, a unit. */
  readonly keep: number;
  readonly seed: number;
}

interface Notes {
  readonly channels: Int32Array;
  readonly sum: Float32Array;
  sizes: number;
  count: number;
  readonly bag: Reservoir;
}

/** near: channels in `options.radiusUm` of each. */
export function learner(
  templates: readonly MatchTemplate[],
  near: readonly Int32Array[],
  window: Window,
  options: LearnOptions,
): Learner {
  const { samples, before } = window;
  const { basis } = options;
  const wave = new Float32Array(samples);
  const notes = templates.map((template, k): Notes => {
    const channels = Int32Array.from(new Set([...template.channels, ...near[template.main]!]));
    const bag = reservoir(template.channels.length * basis.size, options.keep, random(options.seed + k));
    return { channels, sum: new Float32Array(channels.length * samples), sizes: 0, count: 0, bag };
  });

  function addOne(match: Match, left: Float32Array, rows: number): void {
    const own = notes[match.unit]!;
    const template = templates[match.unit]!;
    const mean = template.phases[(PHASES - 1) / 2]!;
    const place = nextRow(own.bag);
    // The template's own channels come first.
    own.channels.forEach((channel, c) => {
      const isOwn = c < template.channels.length;
      const at = channel * rows + match.row - before;
      for (let s = 0; s < samples; s++)
        wave[s] = left[at + s]! + (isOwn ? match.amplitude * mean[c * samples + s]! : 0);
      for (let s = 0; s < samples; s++) own.sum[c * samples + s]! += wave[s]!;
      if (isOwn && place >= 0) project(basis, samples, wave, 0, own.bag.values, place + c * basis.size);
    });
    own.sizes += match.amplitude;
    own.count++;
  }

  return {
    add(matches, left, rows) {
      for (const match of matches) addOne(match, left, rows);
    },
    lessons: () => notes.map(({ bag, ...rest }) => ({ ...rest, features: keptRows(bag) })),
  };
}

/** The template the lessons of all stretches tell; `old` counts like `trust` spikes of its own. */
export function taught(old: Template, lessons: readonly Lesson[], samples: number, trust: number): Template {
  const channels = lessons[0]!.channels;
  const sizes = trust + lessons.reduce((sum, lesson) => sum + lesson.sizes, 0);
  const wave = new Float32Array(channels.length * samples);
  channels.forEach((channel, c) => {
    const own = old.channels.indexOf(channel);
    for (let s = 0; s < samples; s++) {
      let sum = own < 0 ? 0 : trust * old.wave[own * samples + s]!;
      for (const lesson of lessons) sum += lesson.sum[c * samples + s]!;
      wave[c * samples + s] = sum / sizes;
    }
  });
  const count = lessons.reduce((sum, lesson) => sum + lesson.count, trust);
  return { ...old, channels, wave, count };
}
