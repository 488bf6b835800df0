import { schemaParams } from '../core/shared/schemaParams.ts';
import { type Command, commands } from './commands.ts';
import { fieldsOf } from './forms/fields.ts';
import { keyLabel } from './keyMap.ts';
import { schemaOf } from './state/panels.ts';
import { views } from './views/index.ts';
import type { AnyView } from './views/view.ts';

/** docs/views.md: every view with what it shows, its options and keys, made from their declarations. */
export function handbook(): string {
  const own = new Set(views.map(({ label }) => label));
  const sections = [...new Set(commands.map(({ section }) => section))].filter((section) => !own.has(section));
  const keys = sections.map((section) => [`### ${section}`, keyTable(section)].join('\n\n'));
  return `# Views and keys

Made from the declarations in the program. Any view can be in the dock several times; drag its tab to move it, put it
beside another or into the same group. The gear holds its options, the dots save it (PNG, SVG, CSV) and explain where
its numbers come from. Every key can be changed: press \`h\`.

What all views share: the wheel zooms at the pointer, dragging moves, a double click fits everything again. Hovering
reads out values, and what lies under the pointer (a unit, a channel, a moment) is shown in every other view.

## Views

${views.map(viewText).join('\n\n')}

## Keys of the window

${keys.join('\n\n')}
`;
}

function viewText(view: AnyView): string {
  const schema = view.with(schemaOf);
  const moments = schemaParams(schema).flatMap(([name, { moment }]) => (moment === true ? [name] : []));
  const rows = fieldsOf(schema)
    .filter(({ name }) => !moments.includes(name))
    .map(
      ({ label, unit, help, default: usual }) =>
        `| ${label} | ${cell(JSON.stringify(usual) ?? '')} | ${cell(unit)} | ${cell(help)} |`,
    );
  const options =
    rows.length > 0 ? ['| option | default | unit | what it is for |', '| --- | --- | --- | --- |', ...rows] : [];
  return [`### ${view.label}`, view.help, options.join('\n'), keyTable(view.label)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function keyTable(section: string): string {
  const rows = commands.filter((command) => command.section === section).map(keyRow);
  return rows.length === 0 ? '' : ['| key | what it does |', '| --- | --- |', ...rows].join('\n');
}

function keyRow({ keys, label }: Command): string {
  return `| ${keys.map((key) => `\`${keyLabel(key, false)}\``).join(', ') || 'none'} | ${cell(label)} |`;
}

function cell(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ') : '';
}
