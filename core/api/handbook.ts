import type { Catalogue, ColumnInfo } from '../shared/api.ts';
import type { EntryInfo } from '../shared/entry.ts';

const lists = [
  ['steps', 'Preprocessing steps'],
  ['sorters', 'Sorters'],
  ['extensions', 'Extensions'],
  ['metrics', 'Quality metrics'],
  ['exporters', 'Exporters'],
  ['formats', 'Recording formats'],
  ['probes', 'Probe generators'],
] as const;

/** docs/steps.md: every entry of every list with what it is for and its parameters, made from their declarations. */
export function handbook(catalogue: Catalogue): string {
  const parts = lists.map(([list, title]) => [`## ${title}`, ...catalogue[list].map(entryText)].join('\n\n'));
  return `# Steps, sorters, extensions, metrics, exporters, formats, probes

Made from the declarations in the program, which also draw the forms in the window. Names and parameters are
SpikeInterface's where it has them.

${parts.join('\n\n')}
`;
}

function entryText(entry: EntryInfo & { readonly columns?: readonly ColumnInfo[] }): string {
  const fields = properties(entry.schema);
  const rows = fields.map(
    ([name, { description, unit }]) =>
      `| \`${name}\` | ${cell(JSON.stringify(entry.defaults[name]) ?? '')} | ${cell(unit)} | ${cell(description)} |`,
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

function properties(schema: unknown): [string, { readonly description: string; readonly unit: string }][] {
  if (!isObject(schema) || !isObject(schema.properties)) return [];
  return Object.entries(schema.properties).map(([name, value]) => [
    name,
    isObject(value)
      ? { description: String(value.description ?? ''), unit: String(value.unit ?? '') }
      : { description: '', unit: '' },
  ]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
