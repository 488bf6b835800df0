import { basename } from 'node:path';
import type { Found } from '../shared/lists.ts';
import type { SourceSpec } from '../shared/recording.ts';
import { isFile, pathKind } from '../store/pathKind.ts';
import { describeFolder } from './spikeglxFiles.ts';
import { type GlxFile, isGlxName, metaPath, readGlxFile } from './spikeglxStream.ts';

/** The sync line of a stream is a stream of its own, named so. */
export const SYNC = '-SYNC';

/** The streams at `path`: a run's folder, or one .bin or .meta. */
export async function findGlx(path: string): Promise<readonly Found[]> {
  const kind = pathKind(path);
  if (kind === 'file') return foundInFile(path.replace(/\.meta$/i, '.bin'));
  if (kind === 'nothing') return [];
  const { files, lonely } = describeFolder(path);
  const runs = [...groupBy(files, (file) => file.run).values()];
  const found = runs.flatMap((run) =>
    streamsOf(run).map((files) => ({ files, paths: runs.length === 1 ? [path] : files.map((file) => file.bin) })),
  );
  // No pair at all: opening the first says what is missing.
  if (found.length === 0)
    return lonely.slice(0, 1).map((bin) => ({ label: basename(bin), spec: specOf([bin], ''), asks: [] }));
  return [false, true].flatMap((sync) =>
    found
      .filter(({ files }) => !sync || files[0]!.syncChannels > 0)
      .map(({ files, paths }) => foundStream(files, paths, sync)),
  );
}

function foundInFile(bin: string): readonly Found[] {
  const named = isGlxName(bin);
  if (!isFile(bin)) return [];
  const meta = isFile(metaPath(bin));
  if (!/\.bin$/i.test(bin) || !(named || meta)) return [];
  // Without a .meta it is found all the same: opening it says what is missing.
  if (!meta) return [{ label: basename(bin), spec: specOf([bin], ''), asks: [] }];
  let file: GlxFile;
  try {
    file = readGlxFile(bin);
  } catch (error) {
    if (named) throw error;
    return [];
  }
  return [foundStream([file], [bin], false), ...(file.syncChannels > 0 ? [foundStream([file], [bin], true)] : [])];
}

function foundStream(files: readonly GlxFile[], paths: readonly string[], sync: boolean): Found {
  const first = files[0]!;
  const stream = sync ? first.stream + SYNC : first.stream;
  const channels = sync ? first.syncChannels : first.fileChannels - first.syncChannels;
  const kHz = Math.round(first.samplingFrequency / 10) / 100;
  const segments = files.length > 1 ? `, ${files.length} segments` : '';
  return {
    label: `${first.run} ${stream}: ${channels} channel${channels === 1 ? '' : 's'}, ${kHz} kHz${segments}`,
    spec: specOf(paths, stream),
    asks: [],
  };
}

function specOf(paths: readonly string[], stream: string): SourceSpec {
  return { format: 'spikeglx', paths, params: { stream_id: stream } };
}

const ORDER = ['ap', 'lf', 'obx', 'nidq'];

/** A run's files by stream: spike bands first, each in segment order. */
function streamsOf(files: readonly GlxFile[]): readonly (readonly GlxFile[])[] {
  const rank = (stream: string) => ORDER.findIndex((kind) => stream.includes(kind));
  return [...groupBy(files, (file) => file.stream)]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true }))
    .map(([, stream]) => stream.sort((a, b) => a.gate - b.gate || a.trigger - b.trigger));
}

function groupBy(files: readonly GlxFile[], key: (file: GlxFile) => string): Map<string, GlxFile[]> {
  const groups = new Map<string, GlxFile[]>();
  for (const file of files) groups.set(key(file), [...(groups.get(key(file)) ?? []), file]);
  return groups;
}
