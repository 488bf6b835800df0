import type { Catalogue } from '../shared/api.ts';
import { type EntryInfo, findEntry } from '../shared/entry.ts';
import { schemaParams } from '../shared/schemaParams.ts';
import type { Command } from './command.ts';
import type { Output } from './output.ts';
import { drain, withApi } from './withApi.ts';

const kinds = ['formats', 'probes', 'steps', 'sorters', 'extensions', 'metrics', 'exporters'] as const;

export const list: Command = {
  name: 'list',
  usage: `[${kinds.join('|')}] [NAME]`,
  summary: 'What can be named in a session, with parameters and what they are for.',
  async run({ positionals }, output, signal) {
    const [kind, name] = positionals;
    const chosen =
      kind === undefined
        ? kinds
        : [
            findEntry(
              kinds.map((k) => ({ name: k })),
              'list',
              kind,
            ).name,
          ];
    const catalogue = await withApi((api) => drain(api.catalogue(undefined, signal)));
    for (const each of chosen) tellKind(catalogue, each, name, output);
  },
};

function tellKind(catalogue: Catalogue, kind: (typeof kinds)[number], name: string | undefined, output: Output): void {
  const entries: readonly EntryInfo[] = catalogue[kind];
  if (name !== undefined) {
    tellEntry(findEntry(entries, kind.slice(0, -1), name), output);
    return;
  }
  output.line(`${kind}:`);
  for (const entry of entries) {
    output.machine({ type: kind, ...entry });
    output.line(`  ${entry.name.padEnd(22)} ${entry.help}`);
  }
  output.line();
}

function tellEntry(entry: EntryInfo, output: Output): void {
  output.machine({ type: 'entry', ...entry });
  output.line(`${entry.name}: ${entry.label}\n${entry.help}\n`);
  for (const [param, { unit, description }] of schemaParams(entry.schema)) {
    const value = JSON.stringify(entry.defaults[param]);
    output.line(`  ${param} = ${value}${unit ? ` ${unit}` : ''}\n      ${description ?? ''}`);
  }
}
