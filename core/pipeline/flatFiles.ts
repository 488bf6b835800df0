import { formats } from '../formats/index.ts';
import { findEntry } from '../shared/entry.ts';
import type { FlatFiles } from '../shared/lists.ts';
import type { SourceSpec } from '../shared/recording.ts';

/** The data files of a recording, if its format has plain interleaved samples. */
export async function flatFiles(source: SourceSpec): Promise<FlatFiles | undefined> {
  return findEntry(formats, 'format', source.format).flat?.(source);
}
