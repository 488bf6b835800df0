import type { Store, Stretch } from './bridgeGap.ts';

/** How a template is laid over each artefact. */
export interface Fit {
  /** Frames of the template before the trigger. */
  readonly before: number;
  /** Shifts that are tried, frames. */
  readonly shifts: readonly number[];
  readonly scale: boolean;
}

/** A template [frames][channels] and the channels it is taken from (all where `channels` is undefined). */
export interface Artifact {
  readonly template: Float32Array;
  readonly channels: readonly number[] | undefined;
}

/**
 * Subtracts the template at the shift at which it is most like the traces; scaled, as SpikeInterface does, by that
 * likeness (the cosine between both). In place; beyond the stretch nothing is subtracted.
 */
export function subtractArtifact(stretch: Stretch, trigger: number, artifact: Artifact, fit: Fit, store: Store): void {
  let best = { shift: 0, likeness: Number.NEGATIVE_INFINITY };
  if (fit.shifts.length > 1 || fit.scale)
    for (const shift of fit.shifts) {
      const likeness = cosine(stretch, trigger + shift - fit.before, artifact);
      if (likeness > best.likeness) best = { shift, likeness };
    }
  const factor = fit.scale && Number.isFinite(best.likeness) ? best.likeness : 1;
  each(stretch, trigger + best.shift - fit.before, artifact, (at, value) => {
    stretch.data[at]! -= store(Math.fround(factor * value));
  });
}

function cosine(stretch: Stretch, from: number, artifact: Artifact): number {
  let [product, traces, template] = [0, 0, 0];
  each(stretch, from, artifact, (at, value) => {
    const x = stretch.data[at]!;
    product += x * value;
    traces += x * x;
    template += value * value;
  });
  return product / Math.sqrt(traces * template);
}

/** Every sample of the stretch that the template covers when it begins at `from`. */
function each(
  { channels, start, end }: Stretch,
  from: number,
  artifact: Artifact,
  visit: (at: number, value: number) => void,
): void {
  const frames = artifact.template.length / channels;
  const chosen = artifact.channels ?? Array.from({ length: channels }, (_, c) => c);
  for (let f = Math.max(0, start - from); f < Math.min(frames, end - from); f++)
    for (const c of chosen) visit((from + f - start) * channels + c, artifact.template[f * channels + c]!);
}
