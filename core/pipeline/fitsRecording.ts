import { UserError } from '../shared/errors.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import type { Sorting } from '../shared/sorting.ts';

/** UserError naming `path` unless the sorting can be one of this recording: its segments, rate and length. */
export function checkFits(sorting: Sorting, info: RecordingInfo, path: string): void {
  const { segments, samplingFrequency } = sorting;
  const hint = 'Is it the sorting of this recording, and is the recording whole?';
  if (segments.length !== info.numFrames.length)
    throw new UserError(`${path} has ${segments.length} segments, the recording ${info.numFrames.length}`, {
      path,
      hint,
    });
  if (Math.abs(samplingFrequency / info.samplingFrequency - 1) > 1e-3)
    throw new UserError(
      `${path} was sorted at ${samplingFrequency} Hz, the recording has ${info.samplingFrequency} Hz`,
      { path, hint },
    );
  for (const [segment, { sampleIndex }] of segments.entries()) {
    const frames = info.numFrames[segment] ?? 0;
    const last = sampleIndex.at(-1) ?? -1;
    if (last >= frames)
      throw new UserError(`${path}: a spike lies at frame ${last}, past the end of the recording (${frames} frames)`, {
        path,
        hint,
      });
  }
}
