import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { savers } from '../saving/index.ts';
import { findEntry } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import { type Command, text, texts } from './command.ts';
import { parameter } from './parameter.ts';
import { drain, withApi } from './withApi.ts';

export const saveCommand: Command = {
  name: 'save',
  usage: 'SESSION --to binary|zarr FOLDER [--compressor CNAME:LEVEL:SHUFFLE] [--set NAME=VALUE]…',
  summary: 'Save the preprocessed recording of a session as a folder SpikeInterface loads.',
  help: `--to NAME           ${savers.map(({ name }) => name).join(' or ')}
--compressor TEXT   for zarr: zstd, lz4 … : 1 to 9 : bitshuffle, shuffle or noshuffle; zstd:5:bitshuffle if left out
--n-jobs N          workers, all if left out
--set NAME=VALUE    any parameter, as --set chunk_duration=500ms, --set delta=true
A save that was broken off goes on where it stopped when the same command is given again.`,
  options: {
    to: { type: 'string' },
    compressor: { type: 'string' },
    'n-jobs': { type: 'string' },
    set: { type: 'string', multiple: true },
  },
  async run(args, output, signal) {
    const [path, folder] = args.positionals;
    const saver = text(args, 'to');
    if (path === undefined || folder === undefined || saver === undefined)
      throw new UserError('save takes a session, a way to save and a folder', {
        hint: 'spikedesk save session.json --to zarr recording.zarr',
      });
    findEntry(savers, 'way to save', saver);
    const jobs = text(args, 'n-jobs');
    const params: Readonly<Record<string, Json>> = {
      ...packing(text(args, 'compressor')),
      ...(jobs !== undefined && { n_jobs: numberOf(jobs) }),
      ...Object.fromEntries(texts(args, 'set').map(parameter)),
    };
    await withApi(async (api) => {
      await drain(api.open({ kind: 'session', path: sessionAt(resolve(path)) }, signal));
      const saved = await drain(api.save({ saver, folder: resolve(folder), params }, signal), output.progress);
      output.settle();
      output.machine({ type: 'save', ...saved });
      const smaller = saved.rawBytes > 0 ? `, ${(saved.rawBytes / saved.bytes).toFixed(2)} times smaller` : '';
      const size = `${(saved.bytes / 1e6).toFixed(1)} MB in ${saved.files} files${saver === 'zarr' ? smaller : ''}`;
      output.line(saved.reused ? `It is there already: ${saved.folder} (${size})` : `Saved ${saved.folder} (${size})`);
    });
  },
};

/** "zstd:9:bitshuffle" as parameters of the zarr saver, which checks them. */
function packing(given: string | undefined): Readonly<Record<string, Json>> {
  if (given === undefined) return {};
  const [cname = '', clevel, shuffle] = given.split(':');
  return {
    cname,
    ...(clevel !== undefined && { clevel: numberOf(clevel) }),
    ...(shuffle !== undefined && { shuffle }),
  };
}

/** The text itself where it is no number: the check of the parameters then names it. */
function numberOf(given: string): Json {
  const number = Number(given);
  return given.trim() === '' || Number.isNaN(number) ? given : number;
}

function sessionAt(path: string): string {
  if (!existsSync(path)) throw new UserError(`${path} does not exist`, { path });
  return statSync(path).isDirectory() ? join(path, 'session.json') : path;
}
