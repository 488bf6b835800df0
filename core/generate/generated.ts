import type { Compute } from '../shared/compute.ts';
import type { Recording } from '../shared/recording.ts';
import type { GenerateArgs } from './generateJob.ts';
import { type GroundTruthParams, groundTruth } from './groundTruth.ts';

/**
 * The recording of `params`, made by the workers. While one stretch is used, those that follow it are under way: for
 * a reader that goes from front to end in stretches of equal length.
 */
export function generated(params: GroundTruthParams, compute: Compute, signal: AbortSignal): Recording {
  const { info } = groundTruth(params).recording;
  const ahead = new Map<string, Promise<{ readonly traces: Int16Array }>>();

  function start(segment: number, startFrame: number, endFrame: number) {
    const key = `${segment}:${startFrame}:${endFrame}`;
    const made =
      ahead.get(key) ??
      compute.run<GenerateArgs, never, { readonly traces: Int16Array }>(
        'generateTraces',
        { params, segment, startFrame, endFrame },
        { signal },
      );
    // Whoever reads it hears of a failure; until then it is not an unhandled one.
    made.catch(() => {});
    ahead.set(key, made);
    return { key, made };
  }

  return {
    info,
    async read(segment, startFrame, endFrame) {
      const frames = info.numFrames[segment] ?? 0;
      const length = endFrame - startFrame;
      const { key, made } = start(segment, startFrame, endFrame);
      for (let k = 1; k <= compute.size; k++) {
        const from = startFrame + k * length;
        if (length > 0 && from < frames) start(segment, from, Math.min(frames, from + length));
      }
      const { traces } = await made;
      ahead.delete(key);
      return Float32Array.from(traces);
    },
    close() {},
  };
}
