import type { Match } from './match.ts';
import { type MatchTemplate, PHASES } from './matchTemplate.ts';
import type { Template } from './template.ts';
import type { Window } from './window.ts';

/** What a unit's spikes looked like once all other spikes were taken away. */
export interface Lesson {
  /** Channels around the unit's main one. */
  readonly channels: Int32Array;
  /** Sum over spikes. [channels][samples] */
  readonly sum: Float32Array;
  /** Sum of their sizes, and how many there were. */
  sizes: number;
  count: number;
}

export function emptyLessons(
  templates: readonly MatchTemplate[],
  near: readonly Int32Array[],
  window: Window,
): Lesson[] {
  return templates.map((template) => {
    const channels = Int32Array.from(new Set([...near[template.main]!, ...template.channels]));
    return { channels, sum: new Float32Array(channels.length * window.samples), sizes: 0, count: 0 };
  });
}

/** Adds each match: what is left of the block at its place, and the template that was taken away there. */
export function learn(
  lessons: readonly Lesson[],
  matches: readonly Match[],
  templates: readonly MatchTemplate[],
  left: Float32Array,
  rows: number,
  window: Window,
): void {
  const { samples, before } = window;
  for (const match of matches) {
    const lesson = lessons[match.unit]!;
    const template = templates[match.unit]!;
    const wave = template.phases[(PHASES - 1) / 2]!;
    lesson.channels.forEach((channel, c) => {
      const own = template.channels.indexOf(channel);
      const at = channel * rows + match.row - before;
      for (let s = 0; s < samples; s++) {
        const taken = own < 0 ? 0 : match.amplitude * wave[own * samples + s]!;
        lesson.sum[c * samples + s]! += left[at + s]! + taken;
      }
    });
    lesson.sizes += match.amplitude;
    lesson.count++;
  }
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
