import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { inspect } from '../api/inspect.ts';
import { defaultSession } from '../pipeline/defaults.ts';
import { type Place, placeFor } from '../pipeline/place.ts';
import { sessionText } from '../pipeline/sessionFile.ts';
import { infoOf } from '../pipeline/source.ts';
import { forSession } from '../pipeline/workspace.ts';
import { nearest } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Found } from '../shared/lists.ts';
import { probeGenerators } from '../shared/probeGenerators.ts';
import type { SourceSpec } from '../shared/recording.ts';
import type { Session } from '../shared/session.ts';
import { writeFileAtomic } from '../store/writeFile.ts';
import { type Command, text, texts } from './command.ts';
import { parameter } from './parameter.ts';
import { dataFolder } from './withApi.ts';

export const init: Command = {
  name: 'init',
  usage: 'RECORDING [--set NAME=VALUE]… [--probe NAME|FILE] [--phy FOLDER] [--out FILE]',
  summary: 'Write a session.json with the usual steps for a recording.',
  help: [
    '--set NAME=VALUE  a parameter of the recording its file cannot tell, as --set num_channels=4',
    '--probe NAME|FILE a probe: tetrode, linear, multi_columns, or a probeinterface JSON file',
    '--which N         which recording, where there are several (spikedesk info counts them)',
    '--phy FOLDER      export to phy, too',
    '--out FILE        where to (left out: session.json in a folder beside the recording)',
  ].join('\n'),
  options: {
    set: { type: 'string', multiple: true },
    probe: { type: 'string' },
    which: { type: 'string' },
    phy: { type: 'string' },
    out: { type: 'string' },
  },
  async run(args, output) {
    const [path] = args.positionals;
    if (path === undefined)
      throw new UserError('init takes the path of a recording', { hint: 'spikedesk init data.bin' });
    const found = await chosen(resolve(path), text(args, 'which'));
    const given = Object.fromEntries(texts(args, 'set').map(parameter));
    const missing = found.asks.filter((name) => !(name in given));
    if (missing.length > 0)
      throw new UserError(`${path} does not tell its ${missing.join(', ')}`, {
        path,
        hint: `Give ${missing.map((name) => `--set ${name}=${JSON.stringify(found.spec.params[name] ?? '…')}`).join(' ')}.`,
      });
    const spec: SourceSpec = { ...found.spec, params: { ...found.spec.params, ...given } };
    const out = text(args, 'out');
    const { file, notice }: Place = out === undefined ? await placeFor(spec, dataFolder()) : { file: resolve(out) };
    if (existsSync(file))
      throw new UserError(`${file} exists already`, { path: file, hint: 'Choose another with --out.' });
    const folder = dirname(file);
    const session: Session = {
      ...defaultSession(spec, await infoOf(spec), folder),
      ...probeSetting(text(args, 'probe'), folder),
      ...exportSetting(text(args, 'phy'), folder),
    };
    await mkdir(folder, { recursive: true });
    await writeFileAtomic(file, sessionText(session));
    if (notice !== undefined) output.line(`! ${notice}`);
    output.machine({ type: 'session', file, ...(notice !== undefined && { notice }) });
    output.line(`Wrote ${file}\nRun it with: spikedesk run ${file}`);
  },
};

async function chosen(path: string, which: string | undefined): Promise<Found> {
  const { recordings } = await inspect(path);
  if (recordings.length === 0)
    throw new UserError(`${path} holds no recording that Spikedesk reads`, {
      path,
      hint: 'See `spikedesk list formats`.',
    });
  const found =
    which === undefined ? (recordings.length === 1 ? recordings[0] : undefined) : recordings[Number(which) - 1];
  if (found) return found;
  throw new UserError(`${path} holds ${recordings.length} recordings`, {
    path,
    hint: `Choose with --which: ${recordings.map(({ label }, i) => `${i + 1} ${label}`).join('; ')}`,
  });
}

function probeSetting(probe: string | undefined, folder: string): Partial<Session> {
  if (probe === undefined) return {};
  const generator = probeGenerators.find(({ name }) => name === probe);
  if (generator) return { probe: { generator: generator.name, params: {} } };
  if (existsSync(probe)) return { probe: { file: forSession(folder, resolve(probe)) } };
  const names = probeGenerators.map(({ name }) => name);
  const near = nearest(probe, names);
  throw new UserError(`there is no probe file ${probe}`, {
    hint: near ? `Did you mean "${near}"?` : `Made here: ${names.join(', ')}`,
  });
}

function exportSetting(phy: string | undefined, folder: string): Partial<Session> {
  return phy === undefined ? {} : { exports: [{ name: 'phy', folder: forSession(folder, resolve(phy)), params: {} }] };
}
