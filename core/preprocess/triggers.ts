import { UserError } from '../shared/errors.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

/** A stimulus, and which kind. */
export interface Trigger {
  readonly frame: number;
  readonly label: string;
}

const label = z.union([z.string(), z.number()]);

export const triggerLists = z.union([z.array(z.int()), z.array(z.array(z.int()))]);
export const labelLists = z.union([z.array(label), z.array(z.array(label))]);

/**
 * The triggers of each segment, in the order given; of one segment the list itself will do. UserError if a trigger is
 * not in its segment, or labels and triggers differ in number.
 */
export function triggersOf(
  step: string,
  given: z.output<typeof triggerLists>,
  labels: z.output<typeof labelLists> | null,
  { numFrames }: RecordingInfo,
): readonly (readonly Trigger[])[] {
  const frames = perSegment(step, 'list_triggers', given, numFrames.length);
  const names = labels && perSegment<string | number>(step, 'list_labels', labels, numFrames.length);
  return frames.map((list, segment) => {
    const named = names?.[segment];
    if (named && named.length !== list.length)
      throw new UserError(
        `step "${step}", list_labels: ${named.length} labels for the ${list.length} triggers of segment ${segment}`,
        {
          hint: 'Give one label a trigger.',
        },
      );
    const total = numFrames[segment]!;
    return list.map((frame, i) => {
      if (frame < 0 || frame >= total)
        throw new UserError(
          `step "${step}", list_triggers: frame ${frame} is not in segment ${segment}, which has ${total}`,
          {
            hint: 'Triggers are counted in frames from the beginning of their segment.',
          },
        );
      return { frame, label: String(named?.[i] ?? 0) };
    });
  });
}

function perSegment<T extends string | number>(
  step: string,
  param: string,
  given: readonly T[] | readonly (readonly T[])[],
  segments: number,
): readonly (readonly T[])[] {
  const lists: (readonly T[])[] = [];
  const flat: T[] = [];
  for (const one of given) {
    if (typeof one === 'object') lists.push(one);
    else flat.push(one);
  }
  if (given.length === 0) return Array.from({ length: segments }, () => []);
  const all = flat.length > 0 ? [flat] : lists;
  if (all.length !== segments)
    throw new UserError(
      `step "${step}", ${param}: ${all.length} list${all.length === 1 ? '' : 's'} for ${segments} segments`,
      {
        hint: 'Give one list a segment.',
      },
    );
  return all;
}
