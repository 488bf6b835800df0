import type { Block, Collector, MakeCollector } from '../../shared/compute.ts';
import { withTransfer } from '../../shared/rpc.ts';
import { channelMajor } from './channelMajor.ts';
import { type Geometry, neighbours } from './geometry.ts';
import { type LearnOptions, type Lesson, learner } from './learn.ts';
import { type MatchOptions, matchBlock } from './match.ts';
import { matchTemplate } from './matchTemplate.ts';
import type { Template } from './template.ts';
import type { Window } from './window.ts';

export interface MatchArgs {
  readonly geometry: Geometry;
  readonly window: Window;
  readonly scales: Float32Array;
  readonly templates: readonly Template[];
  /** Covariance in time of plain noise. [samples][samples] */
  readonly noise: Float64Array;
  readonly radiusUm: number;
  readonly sweep: number;
  readonly options: MatchOptions;
  /** Also gather what each unit's spikes look like. */
  readonly learn?: LearnOptions;
}

/** The spikes of one stretch, in order of time. */
export interface MatchPart {
  readonly segment: Int32Array;
  readonly frame: Float64Array;
  readonly unit: Int32Array;
  readonly gain: Float32Array;
  readonly lessons: readonly Lesson[];
}

export const matchCollector: MakeCollector<MatchArgs> = (args) => {
  const { geometry, window, learn } = args;
  const near = neighbours(geometry, args.radiusUm);
  const templates = args.templates.map((template) => matchTemplate(template, window, args.noise));
  const school = learn && learner(templates, neighbours(geometry, learn.radiusUm), window, learn);
  const found: { segment: number; frame: number; unit: number; gain: number }[] = [];
  const collector: Collector = {
    collect(block: Block) {
      const { margin, frames, segment } = block;
      const rows = frames + 2 * margin;
      const traces = channelMajor(block, args.scales);
      const search = { window, near, sweep: args.sweep };
      const matches = matchBlock(traces, rows, templates, search, args.options);
      const own = matches.filter((match) => match.row >= margin && match.row < margin + frames);
      school?.add(own, traces, rows);
      for (const { row, unit, gain } of own)
        found.push({ segment, frame: block.startFrame + row - margin, unit, gain });
    },
    part: (): MatchPart => {
      const lessons = school?.lessons() ?? [];
      const part = {
        segment: Int32Array.from(found, (match) => match.segment),
        frame: Float64Array.from(found, (match) => match.frame),
        unit: Int32Array.from(found, (match) => match.unit),
        gain: Float32Array.from(found, (match) => match.gain),
        lessons,
      };
      const columns = [part.segment.buffer, part.frame.buffer, part.unit.buffer, part.gain.buffer];
      return withTransfer(part, [...columns, ...lessons.map((lesson) => lesson.features.buffer)]);
    },
  };
  return collector;
};
