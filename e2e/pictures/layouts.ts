import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import type { Json } from '../../core/shared/json.ts';
import { type Arrangement, column, row, tabs } from '../../renderer/dock/arrangement.ts';
import { views } from '../../renderer/views/index.ts';
import { temporaryHome } from '../desk.ts';

/** The tables and all views, as panels are named after them. */
export const kinds: readonly string[] = ['units', 'similar', ...views.map(({ name }) => name)];

/** Options that change a picture much: name of the picture, panel, options. */
export const variants: readonly (readonly [string, string, Readonly<Record<string, Json>>])[] = [
  ['trace-image', 'trace', { image: 'image' }],
  ['waveform-flat', 'waveform', { layout: 'flat' }],
  ['waveform-beside', 'waveform', { overlap: false }],
  ['waveform-std', 'waveform', { spikes: false, mean: true, std: true }],
  ['correlogram-ratio', 'correlogram', { scale: 'ratio', shared: true }],
  ['isi-overlapped', 'isi', { overlapped: true }],
  ['rate-overlapped', 'rate', { overlapped: true }],
  ['probe-rms', 'probe', { activity: 'rms' }],
  ['probe-rate', 'probe', { activity: 'rate' }],
  ['probe-3d', 'probe', { solid: true }],
  ['metricHistogram-log', 'metricHistogram', { metric: 'firing_rate', log: true }],
  ['metricScatter-log', 'metricScatter', { x: 'firing_rate', y: 'snr', logX: true, logY: true }],
];

/** A home folder whose settings have a layout for each kind alone, one with all small, and those of the variants. */
export function homeWithLayouts(): string {
  const home = temporaryHome();
  const named = (name: string, arrangement: Arrangement, panels: Json = {}): Json => ({
    name,
    station: 'curate',
    arrangement: JSON.parse(JSON.stringify(arrangement)),
    panels,
  });
  const layouts = {
    stations: {},
    panels: {},
    named: [
      ...kinds.map((kind) => named(`only ${kind}`, tabs(kind))),
      named('all small', grid(kinds, 4)),
      ...variants.map(([name, view, options]) =>
        named(`only ${name}`, tabs(`${view} 2`), { [`${view} 2`]: { view, options } }),
      ),
    ],
  };
  const data = join(home, '.data/spikedesk');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ layouts }));
  return home;
}

function grid(names: readonly string[], rows: number): Arrangement {
  const across = Math.ceil(names.length / rows);
  const lines = Array.from({ length: rows }, (_, i) => names.slice(i * across, (i + 1) * across));
  return column(
    ...lines.map((line) => [1 / rows, row(...line.map((name) => [1 / across, tabs(name)] as const))] as const),
  );
}

export async function showLayout(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find anything' }).fill(`Layout: ${name}`);
  await page.getByRole('option', { name: new RegExp(`Layout: ${name}(?![\\w-])`) }).click();
}
