import { withTransfer } from '../shared/rpc.ts';
import { type GroundTruth, type GroundTruthParams, groundTruth } from './groundTruth.ts';

export interface GenerateArgs {
  readonly params: GroundTruthParams;
  readonly segment: number;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** The recording this worker made a piece of last: what decides it is drawn once. */
let last: { readonly key: string; readonly truth: GroundTruth } | undefined;

/** Traces of one stretch of a made recording, raw units. [frames][channels] */
// biome-ignore lint/correctness/useYield: a job is a generator; this one has nothing to report on the way
async function* generateTraces(args: GenerateArgs): AsyncGenerator<never, { readonly traces: Int16Array }> {
  const key = JSON.stringify(args.params);
  if (last?.key !== key) last = { key, truth: groundTruth(args.params) };
  const traces = Int16Array.from(await last.truth.recording.read(args.segment, args.startFrame, args.endFrame));
  return withTransfer({ traces }, [traces.buffer]);
}

export const generateJobs = { generateTraces };
