import type { Catalogue, ColumnInfo } from '../shared/api.ts';
import type { EntryInfo } from '../shared/entry.ts';
import type { Json } from '../shared/json.ts';
import { schemaParams } from '../shared/schemaParams.ts';

const lists = [
  ['steps', 'Preprocessing steps'],
  ['sorters', 'Sorters'],
  ['extensions', 'Extensions'],
  ['metrics', 'Quality metrics'],
  ['exporters', 'Exporters'],
  ['savers', 'Ways to save a recording'],
  ['formats', 'Recording formats'],
  ['probes', 'Probe generators'],
] as const;

/** docs/steps.md: every entry of every list with what it is for and its parameters, made from their declarations. */
export function handbook(catalogue: Catalogue): string {
  const parts = lists.map(([list, title]) => [`## ${title}`, ...catalogue[list].map(entryText)].join('\n\n'));
  return `# Steps, sorters, extensions, metrics, exporters, ways to save, formats, probes

Made from the declarations in the program, which also draw the forms in the window. Names and parameters are
SpikeInterface's where it has them.

${parts.join('\n\n')}
`;
}

function entryText(entry: EntryInfo & { readonly columns?: readonly ColumnInfo[] }): string {
  const rows = schemaParams(entry.schema).map(
    ([name, { description, unit }]) =>
      `| \`${name}\` | ${cell(JSON.stringify(entry.defaults[name]) ?? '')} | ${cell(word(unit))} | ${cell(word(description))} |`,
  );
  const table =
    rows.length > 0 ? ['| parameter | default | unit | what it is for |', '| --- | --- | --- | --- |', ...rows] : [];
  const columns = (entry.columns ?? []).map(
    ({ name, unit, help }) => `- \`${name}\`${unit ? ` (${unit})` : ''}: ${help}`,
  );
  return [`### ${entry.label} (\`${entry.name}\`)`, entry.help, columns.join('\n'), table.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

function word(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
