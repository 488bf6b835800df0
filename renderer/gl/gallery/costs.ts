import type { DrawnMark } from '../mark.ts';
import { noisyTile, seeded, wholeRows } from './random.ts';
import { diverging } from './scenes.ts';

/** A panel as large as a window: 384 rows of 14 tiles of 128 columns, or the spikes of a unit on 36 channels. */
export const PANEL = { width: 1800, height: 1000 } as const;
const ROWS = 384;
const COLUMNS = 128;
const TILES = 14;

const box = { x: 0, y: 0, ...PANEL } as const;
const ground: DrawnMark = { kind: 'fill', box, color: [0, 0, 0, 1] };
const domain = [0, -0.5, TILES * COLUMNS, ROWS - 0.5] as const;
const pieces = wholeRows(ROWS);
const colors = new Uint8Array(4 * ROWS).fill(200);
const center = new Float32Array(ROWS);

function tiles(seed: number) {
  const random = seeded(seed);
  return Array.from({ length: TILES }, (_, tile) => ({
    box,
    domain,
    minMax: noisyTile(ROWS, COLUMNS, random),
    columns: COLUMNS,
    rows: ROWS,
    center,
    span: [tile * COLUMNS, (tile + 1) * COLUMNS] as const,
    firstRow: 0,
  }));
}

/** 100 spikes of 82 samples in each of 36 cells. */
function waveforms(seed: number): DrawnMark {
  const random = seeded(seed);
  const [cells, spikes, run] = [36, 100, 82];
  const lines = cells * spikes;
  const at = Float32Array.from({ length: 2 * lines }, (_, i) => {
    const cell = Math.floor(i / 2 / spikes);
    return i % 2 === 0 ? 10 + 300 * (cell % 6) : 100 + 160 * Math.floor(cell / 6);
  });
  const position = Float32Array.from({ length: 2 * lines * run }, (_, i) => {
    const sample = (i >> 1) % run;
    return i % 2 === 0 ? sample : -200 * Math.exp(-((sample - 30) ** 2) / 30) + 20 * (random() - 0.5);
  });
  const [width, height] = [PANEL.width, PANEL.height];
  return {
    kind: 'lines',
    box,
    domain: [0, 0, width, height],
    position,
    run,
    at,
    scale: [3, 0.4],
    color: [0.3, 0.6, 1, 0.25],
  };
}

/** What is timed, each with data of its own for a seed. */
export const costly: Readonly<Record<string, (seed: number) => readonly DrawnMark[]>> = {
  fill: () => [ground],
  'traces as lines': (seed) => [
    ground,
    ...tiles(seed).map((tile): DrawnMark => ({ kind: 'traces', ...tile, gain: 1 / 120, pieces, colors })),
  ],
  'traces as image': (seed) => [
    ground,
    ...tiles(seed).map((tile): DrawnMark => ({ kind: 'heat', ...tile, colormap: diverging, most: 100 })),
  ],
  'waveforms, 295,200 points': (seed) => [ground, waveforms(seed)],
};
