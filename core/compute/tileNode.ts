import { formats } from '../formats/index.ts';
import { findStep, open } from '../open.ts';
import { findEntry, parseParams } from '../shared/entry.ts';
import type { Json } from '../shared/json.ts';
import { chain, isStep, type RecordingInfo, type RecordingSpec } from '../shared/recording.ts';
import { fingerprint, hashJson } from '../store/hash.ts';
import { withOpened } from './opened.ts';

/** What has to be known of a node before its tiles are made. */
export interface TileNode {
  /** Fitted. */
  readonly spec: RecordingSpec;
  readonly info: RecordingInfo;
  /** Frames that the chain reads around each read. */
  readonly margin: number;
  /** Equal keys, equal samples: of the data files, the steps and what they learnt. Places of files do not count. */
  readonly key: string;
}

/** Increased when the samples of a chain become others. */
const ALGORITHM = 1;

/** A job: 384 channels of a whitening matrix are a megabyte of JSON to be hashed. */
export async function* describeNode({ spec }: { readonly spec: RecordingSpec }): AsyncGenerator<never, TileNode> {
  const info = await withOpened(spec, async (recording) => recording.info);
  return { spec, info, margin: await marginOf(spec), key: await keyOf(spec) };
}

async function marginOf(spec: RecordingSpec): Promise<number> {
  if (!isStep(spec)) return 0;
  const step = findStep(spec.step);
  const parent = await open(spec.parent);
  parent.close();
  return step.margin(parent.info, parseParams(step, 'step', spec.params)) + (await marginOf(spec.parent));
}

async function keyOf(spec: RecordingSpec): Promise<string> {
  const [source, ...steps] = chain(spec);
  if (!source || isStep(source)) throw new Error('a chain begins with its source');
  const files = await findEntry(formats, 'format', source.format).files(source);
  return hashJson({
    algorithm: ALGORITHM,
    format: source.format,
    params: source.params,
    files: await fingerprint(files),
    // Steps may go by the probe: references and whitening of neighbours.
    probe: (source.probe ?? null) as unknown as Json,
    steps: steps.filter(isStep).map(({ step, params, fitted }): Json => ({ step, params, fitted: fitted ?? null })),
  });
}
