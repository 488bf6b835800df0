import { breathe } from '../compute/breathe.ts';
import { open } from '../open.ts';
import { findEntry } from '../shared/entry.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { contentsOf, neededExtension } from './cache.ts';
import type { Params } from './extension.ts';
import { extensions } from './extensions/index.ts';
import { extensionFolder, writeStored } from './stored.ts';

export interface ExtensionJobArgs {
  readonly folder: string;
  readonly name: string;
  readonly params: Params;
  readonly key: string;
  readonly scratch: string;
  /** What its collector gathered, in time order. */
  readonly parts: readonly unknown[];
  readonly recording?: RecordingSpec;
}

/** Computes one extension from what lies in the folder and what a pass gathered, and saves it. */
export async function* computeExtension(args: ExtensionJobArgs, signal: AbortSignal): AsyncGenerator<never, void> {
  const { folder, name, params, key, scratch, parts } = args;
  const entry = findEntry(extensions, 'extension', name);
  const started = performance.now();
  const recording = args.recording && (await open(args.recording));
  try {
    const data = await entry.compute({
      contents: await contentsOf(folder),
      params: entry.params.parse(params),
      stored: (needed) => neededExtension(folder, name, needed),
      scratch,
      signal,
      breathe: () => breathe(signal),
      parts,
      ...(recording && { recording }),
    });
    await breathe(signal);
    const seconds = (performance.now() - started) / 1000;
    await writeStored(extensionFolder(folder, name), { siClass: entry.siClass, params, key, seconds }, data);
  } finally {
    recording?.close();
  }
}
