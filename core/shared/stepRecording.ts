import type { Json } from './json.ts';
import type { Step } from './lists.ts';
import type { Recording } from './recording.ts';

/** A step with its params checked, and what it learnt. */
export interface AppliedStep {
  readonly step: Step;
  readonly params: Readonly<Record<string, unknown>>;
  readonly fitted?: Readonly<Record<string, Json>> | undefined;
}

/** What a step prepares once; kept by whoever wraps the same step around many parents of one info. */
export interface Kept {
  prepared?: { readonly value: unknown };
}

/** The recording that a step makes of `parent`. Reads no traces. UserError if it cannot be applied. */
export function stepRecording(
  { step, params, fitted }: AppliedStep,
  parent: Recording,
  // Made at the first read: what a chain gives is known before a step has learnt from the data.
  kept: Kept = {},
): Recording {
  const info = step.info(parent.info, params, fitted);
  const margin = step.margin(parent.info, params);
  const columns = info.channelIds.length;
  return {
    info,
    async read(segment, startFrame, endFrame) {
      const frames = info.numFrames[segment] ?? 0;
      if (!(startFrame >= 0 && startFrame <= endFrame && endFrame <= frames))
        throw new RangeError(`frames ${startFrame} to ${endFrame} of ${frames}`);
      kept.prepared ??= { value: step.prepare(parent.info, params, fitted) };
      const prepared = kept.prepared.value;
      if (step.read) return step.read(parent, prepared, segment, startFrame, endFrame);
      const total = parent.info.numFrames[segment] ?? 0;
      const from = Math.max(0, startFrame - margin);
      const to = Math.min(total, endFrame + margin);
      const traces = step.apply(await parent.read(segment, from, to), to - from, prepared, {
        segment,
        startFrame: from,
      });
      return from === startFrame && to === endFrame
        ? traces
        : traces.subarray((startFrame - from) * columns, (endFrame - from) * columns);
    },
    close: () => parent.close(),
  };
}
