import { findStep } from '../../open.ts';
import { isStep, type RecordingSpec } from '../../shared/recording.ts';
import { learntOf, writeFitted } from '../fitted.ts';
import type { RunStation } from '../runStation.ts';
import { folderOf } from '../workspace.ts';

/** Lets the steps learn what they need from the data. The traces themselves are processed whenever they are read. */
export const preprocess: RunStation = async function* (plan, { compute }, { signal }) {
  const { recording, keys, workspace } = plan;
  if (!recording || !keys.preprocess || !learns(recording)) return;
  yield { stage: 'learning from the data', done: 0, of: 1 };
  const unlearnt = forget(recording);
  const spec = await compute.run<{ spec: RecordingSpec }, never, RecordingSpec>(
    'fitSpec',
    { spec: unlearnt },
    { signal },
  );
  await writeFitted(folderOf(workspace), { key: keys.preprocess, fitted: learntOf(spec) });
  yield { stage: 'learning from the data', done: 1, of: 1 };
};

function learns(spec: RecordingSpec): boolean {
  return isStep(spec) && (findStep(spec.step).fit !== undefined || learns(spec.parent));
}

function forget(spec: RecordingSpec): RecordingSpec {
  if (!isStep(spec)) return spec;
  const { fitted: _, ...bare } = spec;
  return { ...bare, parent: forget(spec.parent) };
}
