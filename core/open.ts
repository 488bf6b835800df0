import { formats } from './formats/index.ts';
import { findStep } from './preprocess/index.ts';
import { findEntry, parseParams } from './shared/entry.ts';
import { abortError } from './shared/errors.ts';
import type { Slices } from './shared/lists.ts';
import { isStep, type Recording, type RecordingSpec, type SourceSpec } from './shared/recording.ts';
import { stepRecording } from './shared/stepRecording.ts';

export { findStep };

/** The recording a spec describes, by the formats and preprocess lists. Reads no traces. Throws UserError. */
export async function open(spec: RecordingSpec): Promise<Recording> {
  if (!isStep(spec)) return openSource(spec);
  const step = findStep(spec.step);
  const params = parseParams(step, 'step', spec.params);
  const parent = await open(spec.parent);
  try {
    return stepRecording({ step, params, fitted: spec.fitted }, parent);
  } catch (error) {
    parent.close();
    throw error;
  }
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
