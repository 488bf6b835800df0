import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAnalyzer } from '../analyzer/analyzer.ts';
import { exporters } from '../exporters/index.ts';
import type { Api, OpenArgs } from '../shared/api.ts';
import { findEntry } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import { type Command, text, texts } from './command.ts';
import { parameter } from './parameter.ts';
import { drain, withApi } from './withApi.ts';

export const exportCommand: Command = {
  name: 'export',
  usage: 'SESSION|ANALYZER --to NAME FOLDER [--set NAME=VALUE]…',
  summary: 'Export the curated units of a session or an analyzer folder.',
  help: `--to NAME         ${exporters.map(({ name }) => name).join(' or ')}\n--set NAME=VALUE  a parameter of the exporter, as --set copy_binary=false`,
  options: { to: { type: 'string' }, set: { type: 'string', multiple: true } },
  async run(args, output, signal) {
    const [path, folder] = args.positionals;
    const name = text(args, 'to');
    if (path === undefined || folder === undefined || name === undefined)
      throw new UserError('export takes a session or analyzer, an exporter and a folder', {
        hint: 'spikedesk export session.json --to phy phy-folder',
      });
    findEntry(exporters, 'exporter', name);
    const params: Readonly<Record<string, Json>> = Object.fromEntries(texts(args, 'set').map(parameter));
    await withApi(async (api) => {
      await drain(api.open(whatToOpen(resolve(path)), signal));
      const done = await drain(api.export({ name, folder: resolve(folder), params }, signal), output.progress);
      output.settle();
      for (const notice of await noticesOf(api)) output.line(`! ${notice}`);
      output.machine({ type: 'export', name, ...done });
      output.line(`Exported to ${done.folder} (${done.files} files)`);
    });
  },
};

function whatToOpen(path: string): OpenArgs {
  if (!existsSync(path)) throw new UserError(`${path} does not exist`, { path });
  if (isAnalyzer(path)) return { kind: 'sorting', format: 'spikeinterface_numpy', path };
  const session = statSync(path).isDirectory() ? join(path, 'session.json') : path;
  if (existsSync(session)) return { kind: 'session', path: session };
  throw new UserError(`${path} is neither a session nor an analyzer`, {
    path,
    hint: 'Give a session.json, its folder, or an analyzer folder.',
  });
}

async function noticesOf(api: Api): Promise<readonly string[]> {
  const first = await api.watch(undefined, new AbortController().signal).next();
  return first.value ? first.value.notices : [];
}
