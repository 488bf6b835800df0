import type { Color, Domain, DrawnMark } from '../mark.ts';
import { noisyTile, seeded, wholeRows } from './random.ts';

/** Pixels of each picture. */
export const SIZE = { width: 240, height: 160 } as const;

const box = { x: 0, y: 0, ...SIZE } as const;
const inner = { x: 20, y: 10, width: 200, height: 140 } as const;
const ground: DrawnMark = { kind: 'fill', box, color: [0.05, 0.06, 0.08, 1] };
const blue: Color = [0.31, 0.62, 1, 1];
const faint: Color = [0.9, 0.8, 0.3, 0.4];

/** [lines][run][x, y]: damped waves, each `drop` lower. */
function waves(count: number, run: number, drop = 0.08): Float32Array {
  const out = new Float32Array(2 * count * run);
  for (let line = 0; line < count; line++)
    for (let i = 0; i < run; i++) {
      const at = 2 * (line * run + i);
      out[at] = i / (run - 1);
      out[at + 1] = Math.cos(9 * out[at]!) * Math.exp(-2 * out[at]!) * 0.8 - drop * line;
    }
  return out;
}

function colors(n: number, opacity = 255): Uint8Array {
  return Uint8Array.from(
    { length: 4 * n },
    (_, i) => [60 + ((i * 37) % 180), 200 - ((i * 11) % 150), 120, opacity][i % 4]!,
  );
}

/** Blue, black, red. */
export const diverging: Uint8Array = Uint8Array.from({ length: 1024 }, (_, i) => {
  const at = (i >> 2) - 127.5;
  return [at > 0 ? 2 * at : 0, 0, at < 0 ? -2 * at : 0, 255][i % 4]!;
});

const wave: Domain = [0, -1, 1, 1];

/** Two tiles side by side of one recording, the second with coloured spikes; `seen`: columns that are seen. */
function tiles(columns: number, seen: number): DrawnMark[] {
  const rows = 5;
  const all = noisyTile(rows, 2 * columns, seeded(5));
  const part = (row: number, from: number, to: number) =>
    all.subarray(2 * (2 * row * columns + from), 2 * (2 * row * columns + to));
  const none = [Number.NaN, Number.NaN];
  return [0, 1].map((tile): DrawnMark => {
    const byRow = Array.from({ length: rows }, (_, row) => [...part(row, tile * columns, (tile + 1) * columns)]);
    const beside = Array.from({ length: rows }, (_, row) =>
      tile === 0 ? [...none, ...part(row, columns, columns + 1)] : [...part(row, columns - 1, columns), ...none],
    );
    const whole = wholeRows(rows);
    const pieces = tile === 0 ? whole : Float32Array.of(...whole, 0.1, 0.2, 1, 0.1, 0.2, 2);
    const shades = Array.from({ length: pieces.length / 3 }, (_, i) =>
      i < rows ? [156, 165, 179, 255] : [255, 98, 87, 255],
    );
    return {
      kind: 'traces',
      box: inner,
      domain: [0, -0.5, seen, rows - 0.5],
      minMax: Int16Array.from(byRow.flat()),
      beside: Float32Array.from(beside.flat()),
      columns,
      rows,
      center: new Float32Array(rows),
      span: [tile * columns, (tile + 1) * columns],
      firstRow: 0,
      gain: 1 / 100,
      pieces,
      colors: Uint8Array.from(shades.flat()),
    };
  });
}

function heat(): DrawnMark {
  const [rows, columns] = [12, 128];
  const minMax = noisyTile(rows, columns, seeded(7));
  return {
    kind: 'heat',
    box: inner,
    domain: [0, -0.5, columns, rows - 0.5],
    minMax,
    columns,
    rows,
    center: new Float32Array(rows),
    span: [0, columns],
    firstRow: 0,
    colormap: diverging,
    most: 80,
  };
}

/** What each golden picture shows, above a dark ground. */
const drawn: Readonly<Record<string, () => readonly DrawnMark[]>> = {
  fill: () => [
    { kind: 'fill', box: inner, color: blue },
    { kind: 'fill', box: { x: 60, y: 40, width: 100, height: 300 }, color: faint },
  ],
  hairlines: () => [{ kind: 'lines', box: inner, domain: wave, position: waves(8, 60), run: 60, color: blue, from: 1 }],
  'moved-lines': () => [
    {
      kind: 'lines',
      box: inner,
      domain: [0, 0, 200, 140],
      position: waves(3, 40),
      run: 40,
      scale: [60, 20],
      at: Float32Array.of(0, 30, 70, 70, 140, 110),
      color: faint,
    },
  ],
  haze: () => [
    { kind: 'lines', box: inner, domain: wave, position: waves(600, 41, 0.0008), run: 41, color: [0.31, 0.62, 1, 0.1] },
  ],
  strokes: () => [{ kind: 'lines', box: inner, domain: wave, position: waves(3, 60), run: 60, width: 3, color: faint }],
  area: () => [{ kind: 'area', box: inner, domain: wave, position: waves(4, 60), run: 60, color: faint }],
  points: () => [
    { kind: 'points', box: inner, domain: wave, position: waves(1, 25), colors: colors(25, 200), size: 9 },
    { kind: 'points', box: inner, domain: wave, position: waves(2, 60).slice(120), colors: colors(60), size: 2 },
  ],
  bars: () => {
    const heights = Float32Array.from({ length: 60 }, (_, i) => 10 + 9 * Math.sin(i / 4) - (i % 7));
    return [
      { kind: 'bars', box: inner, heights, bins: 30, row: 1, top: 20, color: blue },
      { kind: 'bars', box: { x: 20, y: 10, width: 90, height: 40 }, heights, bins: 30, row: 0, top: 20, color: faint },
    ];
  },
  image: () => [
    {
      kind: 'image',
      box: inner,
      domain: [0, 0, 10, 7],
      values: Float32Array.from({ length: 8 * 6 }, (_, i) => Math.sin(i)),
      columns: 8,
      rows: 6,
      extent: [1, 0.5, 9, 6.5],
      colormap: diverging,
      range: [-1, 1],
    },
  ],
  heat: () => [heat()],
  rects: () => {
    const rects = Float32Array.from({ length: 4 * 12 }, (_, i) => (i >> 2) / 12 + [0, -0.4, 0.05, 0.5][i % 4]!);
    return [{ kind: 'rects', box: inner, domain: [0, -0.5, 1.2, 1.6], rects, colors: colors(12, 180) }];
  },
  segments: () => {
    const position = Float32Array.from({ length: 4 * 40 }, (_, i) => [i / 160, 0, 1 - i / 160, 1][i % 4]!);
    return [{ kind: 'segments', box: inner, domain: [0, 0, 1, 1], position, colors: colors(40) }];
  },
  traces: () => tiles(140, 260),
  'wide-traces': () => tiles(20, 38),
};

export const sceneNames: readonly string[] = Object.keys(drawn);

export function scene(name: string): readonly DrawnMark[] {
  const make = drawn[name];
  if (!make) throw new Error(`no scene ${name}`);
  return [ground, ...make()];
}
