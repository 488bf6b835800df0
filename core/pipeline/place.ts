import { access, constants, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { SourceSpec } from '../shared/recording.ts';
import { fileNameFor } from '../store/fileName.ts';
import { hashJson } from '../store/hash.ts';

export interface Place {
  readonly file: string;
  /** Told to the user. */
  readonly notice?: string;
}

/** Where the session of a recording lies: beside it, else (read-only) in the user's data folder. Makes nothing. */
export async function placeFor(spec: Pick<SourceSpec, 'paths' | 'params'>, dataFolder: string): Promise<Place> {
  const path = spec.paths[0] ?? '.';
  const name = nameOf(spec);
  const beside = join(dirname(path), `${name}-spikedesk`);
  if (await mayWrite(beside)) return { file: join(beside, 'session.json') };
  const away = join(dataFolder, 'sessions', `${fileNameFor(name)}-${hashJson(path).slice(0, 8)}`);
  return {
    file: join(away, 'session.json'),
    notice: `${dirname(path)} cannot be written to: results and curation go to ${away}.`,
  };
}

/** What a recording is called: its file without the ending, and its stream where a folder holds several. */
export function nameOf({ paths, params }: Pick<SourceSpec, 'paths' | 'params'>): string {
  const path = paths[0] ?? '';
  const name = basename(path, extname(path)) || 'recording';
  const stream = params.stream_id ?? params.stream_name ?? params.stream;
  return typeof stream === 'string' && !name.includes(stream) ? `${name}-${stream.replaceAll(/[/\\]/g, '_')}` : name;
}

async function mayWrite(folder: string): Promise<boolean> {
  const there = await stat(folder).then(
    () => folder,
    () => dirname(folder),
  );
  return access(there, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}
