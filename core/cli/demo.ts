import { resolve } from 'node:path';
import { demoParams } from '../generate/demo.ts';
import type { UnitColumn, UnitTable } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import { type Command, text } from './command.ts';
import { textTable } from './output.ts';
import { tellStations } from './run.ts';
import { drain, withApi } from './withApi.ts';

export const demo: Command = {
  name: 'demo',
  usage: '[--seed N] [--folder DIR]',
  summary: 'Make a recording with known units, run everything, and say how many were found.',
  help: '--seed N      another recording (usual: 0)\n--folder DIR  where to (usual: the folder for data of this user)',
  options: { seed: { type: 'string' }, folder: { type: 'string' } },
  async run(args, output, signal) {
    const seed = Number(text(args, 'seed') ?? 0);
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new UserError(`--seed ${text(args, 'seed')} is not a whole number`, { hint: '--seed 0' });
    const given = text(args, 'folder');
    await withApi(async (api) => {
      const { probe, seconds, snrs, hashSnrs } = demoParams({ seed });
      const channels = probe.probes.reduce((sum, { contact_positions }) => sum + contact_positions.length, 0);
      output.line(
        `The demo: ${channels} channels, ${seconds.join(' + ')} s, ${snrs.length} units that are known and ${hashSnrs.length} too small to be told apart.`,
      );
      const where = { seed, ...(given !== undefined && { folder: resolve(given) }) };
      await drain(api.open({ kind: 'demo', ...where }, signal), output.progress);
      const state = await drain(api.run({ stations: ['analyze', 'export'] }, signal), output.progress);
      const table = await drain(api.units(undefined, signal));
      output.settle();
      output.machine({ type: 'units', unitIds: table.unitIds, columns: columnsOf(table) });
      output.line(`\n${unitTable(table)}\n`);
      tellStations(state, output);
    });
  },
};

function columnsOf({ columns }: UnitTable): Record<string, readonly (number | string | null)[]> {
  const known = (value: number | string) => (typeof value === 'number' && !Number.isFinite(value) ? null : value);
  return Object.fromEntries(columns.map(({ name, values }) => [name, Array.from<number | string>(values).map(known)]));
}

/** A row a unit, as wide as a usual terminal: the columns that tell most. */
function unitTable({ unitIds, columns }: UnitTable): string {
  const shown = SHOWN.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  const heading = ['unit', ...shown.map(({ label, unit }) => (unit ? `${label} (${unit})` : label))];
  return textTable([heading, ...unitIds.map((id, i) => [String(id), ...shown.map((column) => cell(column, i))])]);
}

const SHOWN = [
  'main_channel',
  'num_spikes',
  'firing_rate',
  'presence_ratio',
  'snr',
  'isi_violations_ratio',
  'amplitude_median',
];

function cell({ values }: UnitColumn, row: number): string {
  const value = values[row] ?? '';
  if (typeof value === 'string') return value;
  if (Number.isNaN(value)) return '';
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
