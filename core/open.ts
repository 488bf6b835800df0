import { formats } from './formats/index.ts';
import { steps } from './preprocess/index.ts';
import { findEntry, parseParams } from './shared/entry.ts';
import { abortError } from './shared/errors.ts';
import type { Slices, Step } from './shared/lists.ts';
import { isStep, type Recording, type RecordingSpec, type SourceSpec, type StepSpec } from './shared/recording.ts';

/** The recording a spec describes, by the formats and preprocess lists. Reads no traces. Throws UserError. */
export async function open(spec: RecordingSpec): Promise<Recording> {
  return isStep(spec) ? applied(await open(spec.parent), spec) : openSource(spec);
}

async function openSource(spec: SourceSpec): Promise<Recording> {
  const recording = await findEntry(formats, 'format', spec.format).open(spec);
  if (!spec.probe) return recording;
  return {
    info: { ...recording.info, probe: spec.probe },
    read: (segment, startFrame, endFrame) => recording.read(segment, startFrame, endFrame),
    close: () => recording.close(),
  };
}

/** The step of that name or older spelling. */
export function findStep(name: string): Step {
  return steps.find((step) => step.aliases?.includes(name)) ?? findEntry<Step>(steps, 'step', name);
}

function applied(parent: Recording, spec: StepSpec): Recording {
  const step = findStep(spec.step);
  const params = parseParams(step, 'step', spec.params);
  const info = step.info(parent.info, params);
  const margin = step.margin(parent.info, params);
  // Made at the first read: what a chain gives is known before a step has learnt from the data.
  let prepared: { readonly value: unknown } | undefined;
  const columns = info.channelIds.length;
  return {
    info,
    async read(segment, startFrame, endFrame) {
      const total = parent.info.numFrames[segment] ?? 0;
      const from = Math.max(0, startFrame - margin);
      const to = Math.min(total, endFrame + margin);
      prepared ??= { value: step.prepare(parent.info, params, spec.fitted) };
      if (step.read) return step.read(parent, prepared.value, segment, startFrame, endFrame);
      const at = { segment, startFrame: from };
      const traces = step.apply(await parent.read(segment, from, to), to - from, prepared.value, at);
      return from === startFrame && to === endFrame
        ? traces
        : traces.subarray((startFrame - from) * columns, (endFrame - from) * columns);
    },
    close: () => parent.close(),
  };
}

/** `spec` with `fitted` filled in, source first, at every step that learns from the data and has not yet. */
export async function fit(spec: RecordingSpec, signal: AbortSignal, slices?: Slices): Promise<RecordingSpec> {
  if (!isStep(spec)) return spec;
  if (signal.aborted) throw abortError();
  const parentSpec = await fit(spec.parent, signal, slices);
  const step = findStep(spec.step);
  if (!step.fit || spec.fitted) return { ...spec, parent: parentSpec };
  const parent = await open(parentSpec);
  try {
    const fitted = await step.fit(parent, parseParams(step, 'step', spec.params), signal, slices);
    return { ...spec, parent: parentSpec, fitted };
  } finally {
    parent.close();
  }
}
