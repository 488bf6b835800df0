import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { isFile, listFolder } from '../store/pathKind.ts';
import { type GlxFile, isGlxName, metaPath, readGlxFile } from './spikeglxStream.ts';

/** A run, its gates, its probes; and one more. A folder of everything is not searched for long. */
const MAX_DEPTH = 4;
const MAX_ENTRIES = 20_000;

/** The .bin files of a folder and its subfolders that have a .meta, and those of SpikeGLX's naming that have none. */
function scanGlxFolder(folder: string): {
  readonly files: readonly string[];
  readonly lonely: readonly string[];
} {
  const files: string[] = [];
  const lonely: string[] = [];
  let seen = 0;
  const look = (at: string, depth: number) => {
    let entries: ReturnType<typeof listFolder>;
    try {
      entries = listFolder(at);
    } catch (error) {
      if (depth === 0) throw error;
      return; // a subfolder that may not be read
    }
    for (const entry of entries) {
      if (++seen > MAX_ENTRIES) return;
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (depth < MAX_DEPTH && !entry.name.startsWith('.')) look(path, depth + 1);
      } else if (/\.bin$/i.test(entry.name)) {
        if (isFile(metaPath(path))) files.push(path);
        else if (isGlxName(path)) lonely.push(path);
      }
    }
  };
  look(folder, 0);
  return { files: files.sort(), lonely: lonely.sort() };
}

/** The files of one stream as segments: by gate, then trigger. UserError if two are the same, or do not fit together. */
export function inSegmentOrder(files: readonly GlxFile[]): readonly GlxFile[] {
  const ordered = [...files].sort((a, b) => a.gate - b.gate || a.trigger - b.trigger);
  const first = ordered[0];
  for (const [i, file] of ordered.entries()) {
    const before = ordered[i - 1];
    if (before && before.gate === file.gate && before.trigger === file.trigger)
      throw new UserError(`${before.bin} and ${file.bin} are both ${file.stream} of the same gate and trigger`, {
        path: file.bin,
        hint: 'Open one of them alone, or move the copy away.',
      });
    if (first && (first.channelNames.join() !== file.channelNames.join() || !sameRate(first, file)))
      throw new UserError(`${first.bin} and ${file.bin} have other channels or another sampling rate`, {
        path: file.bin,
        hint: 'They are not segments of one recording: open each alone.',
      });
  }
  return ordered;
}

function sameRate(a: GlxFile, b: GlxFile): boolean {
  return Math.abs(a.samplingFrequency / b.samplingFrequency - 1) < 1e-6;
}

/** All files of a folder described; one that cannot be read is an error only if it is all there is. */
export function describeFolder(folder: string): {
  readonly files: readonly GlxFile[];
  readonly lonely: readonly string[];
} {
  const { files, lonely } = scanGlxFolder(folder);
  const described: GlxFile[] = [];
  let failure: unknown;
  for (const bin of files)
    try {
      described.push(readGlxFile(bin));
    } catch (error) {
      // A .bin and .meta of another program is none of ours.
      if (isGlxName(bin)) failure ??= error;
    }
  if (described.length === 0 && failure) throw failure;
  return { files: described, lonely };
}
