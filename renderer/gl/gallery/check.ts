import type { DrawnMark } from '../mark.ts';
import { noisyTile, seeded, wholeRows } from './random.ts';
import { diverging } from './scenes.ts';

/** Pixels from the upper left, [height][width][4], as the mark was drawn in white on black. */
export interface Drawn {
  readonly pixels: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** A mark of random data, and what is wrong with a picture of it, by plain arithmetic. */
export interface Check {
  readonly mark: DrawnMark;
  wrong(drawn: Drawn): string[];
}

const SIZE = { width: 240, height: 160 } as const;
const box = { x: 0, y: 0, ...SIZE } as const;

function differs(a: number, b: number, levels: number): boolean {
  return Math.abs(a - b) > levels;
}

/** Compares one channel with `wanted(x, y)`, y upwards from the bottom. */
function compared(
  { pixels, width, height }: Drawn,
  channel: number,
  wanted: (x: number, y: number) => number,
): string[] {
  const wrong: string[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const found = pixels[4 * ((height - 1 - y) * width + x) + channel]!;
      const value = wanted(x, y);
      if (differs(found, value, 2)) wrong.push(`${x},${y}: ${found}, not ${value.toFixed(1)}`);
    }
  return wrong;
}

function bars(seed: number): Check {
  const random = seeded(seed);
  const bins = 37;
  const heights = Float32Array.from({ length: 2 * bins }, () => 10 * random());
  return {
    mark: { kind: 'bars', box, heights, bins, row: 1, top: 9, color: [1, 1, 1, 1] },
    wrong: (drawn) =>
      compared(drawn, 0, (x, y) => {
        const height = (heights[bins + Math.floor(((x + 0.5) / drawn.width) * bins)]! / 9) * drawn.height;
        return 255 * Math.min(1, Math.max(0, height - y));
      }),
  };
}

function image(seed: number): Check {
  const random = seeded(seed);
  const [columns, rows] = [17, 11];
  const values = Float32Array.from({ length: columns * rows }, () => random());
  const colormap = Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? 255 : i >> 2));
  return {
    mark: {
      kind: 'image',
      box,
      domain: [0, 0, 1, 1],
      values,
      columns,
      rows,
      extent: [0, 0, 1, 1],
      colormap,
      range: [0, 1],
    },
    wrong: (drawn) =>
      compared(drawn, 1, (x, y) => {
        const column = Math.floor(((x + 0.5) / drawn.width) * columns);
        const row = Math.floor(((y + 0.5) / drawn.height) * rows);
        return 255 * values[row * columns + column]!;
      }),
  };
}

/** Columns that pixel x has a part of. */
function columnsOf(x: number, width: number, from: number, seen: number, columns: number): number[] {
  const first = Math.max(0, Math.floor(from + (x / width) * seen));
  const last = Math.min(columns - 1, Math.floor(from + ((x + 1) / width) * seen));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** All pixels from a column's min to its max must be lit in one of the pixels it lies in, and no others. */
function traces(seed: number): Check {
  const random = seeded(seed);
  const [columns, rows] = [400, 6];
  const minMax = noisyTile(rows, columns, random);
  const from = 30 * random();
  const seen = SIZE.width * (1 + 0.9 * random());
  const gain = 1 / 150;
  const perRow = SIZE.height / rows;
  /** What a column covers of a row, pixels up from the bottom: half the gap to a neighbour is its own. */
  const span = (row: number, column: number, reach: number): [number, number] => {
    const value = (c: number, which: 0 | 1) => minMax[2 * (row * columns + c) + which]!;
    const beside = [column - 1, column + 1].filter((c) => c >= 0 && c < columns);
    const [min, max] = [value(column, 0), value(column, 1)];
    const low = Math.min(min, ...beside.map((c) => (min + value(c, 1)) / 2));
    const high = Math.max(max, ...beside.map((c) => (max + value(c, 0)) / 2));
    const at = (v: number) => (row + 0.5 + v * gain) * perRow;
    return [at(low) - reach, at(high) + reach];
  };
  const mark: DrawnMark = {
    kind: 'traces',
    box,
    domain: [from, -0.5, from + seen, rows - 0.5],
    minMax,
    columns,
    rows,
    center: new Float32Array(rows),
    span: [0, columns],
    firstRow: 0,
    gain,
    pieces: wholeRows(rows),
    colors: new Uint8Array(4 * rows).fill(255),
  };
  const wrong = ({ pixels, width, height }: Drawn): string[] => {
    const light = (x: number, y: number) => pixels[4 * ((height - 1 - y) * width + x)]!;
    const out: string[] = [];
    const reached = new Set<number>();
    for (let x = 0; x < width; x++)
      for (const column of columnsOf(x, width, from, seen, columns))
        for (let row = 0; row < rows; row++) {
          const [low, high] = span(row, column, 0.5);
          let whole = true;
          for (let y = Math.max(0, Math.ceil(low)); y + 1 <= Math.min(height, high); y++) whole &&= light(x, y) >= 253;
          if (whole) reached.add(row * columns + column);
        }
    for (let x = 1; x < width - 1; x++) {
      const own = columnsOf(x, width, from, seen, columns);
      for (const column of own.slice(1, -1))
        for (let row = 0; row < rows; row++)
          if (!reached.has(row * columns + column)) out.push(`row ${row}, column ${column} is not covered`);
      const spans = own.flatMap((column) => Array.from({ length: rows }, (_, row) => span(row, column, 0.5)));
      for (let y = 0; y < height; y++)
        if (light(x, y) > 2 && !spans.some(([low, high]) => y + 1 > low && y < high)) out.push(`${x},${y} is lit`);
    }
    return [...new Set(out)];
  };
  return { mark, wrong };
}

/** A pixel has the colour of one of its columns, and the furthest value of a row is seen. */
function heat(seed: number): Check {
  const random = seeded(seed);
  const [columns, rows] = [400, 8];
  const minMax = noisyTile(rows, columns, random);
  const seen = columns;
  const most = 150;
  const redOf = (row: number, column: number) => {
    const [min, max] = [minMax[2 * (row * columns + column)]!, minMax[2 * (row * columns + column) + 1]!];
    const value = Math.abs(min) > Math.abs(max) ? min : max;
    const index = Math.round(127.5 + (127.5 * Math.min(most, Math.max(-most, value))) / most);
    return { index, away: Math.abs(value) };
  };
  const mark: DrawnMark = {
    kind: 'heat',
    box,
    domain: [0, -0.5, columns, rows - 0.5],
    minMax,
    columns,
    rows,
    center: new Float32Array(rows),
    span: [0, columns],
    firstRow: 0,
    colormap: diverging,
    most,
  };
  const wrong = ({ pixels, width, height }: Drawn): string[] => {
    const out: string[] = [];
    for (let row = 0; row < rows; row++) {
      const y = Math.floor(((row + 0.5) / rows) * height);
      const cells = Array.from({ length: columns }, (_, column) => redOf(row, column));
      const furthest = cells.reduce((best, cell) => (cell.away > best.away ? cell : best));
      let found = false;
      for (let x = 0; x < width; x++) {
        const at = 4 * ((height - 1 - y) * width + x);
        const shade = (index: number) => [0, 2].every((k) => !differs(pixels[at + k]!, diverging[4 * index + k]!, 3));
        found ||= shade(furthest.index);
        if (!columnsOf(x, width, 0, seen, columns).some((column) => shade(cells[column]!.index)))
          out.push(`row ${row}, ${x}: of no column it has`);
      }
      if (!found) out.push(`row ${row}: its furthest value is not seen`);
    }
    return out;
  };
  return { mark, wrong };
}

export const checks: Readonly<Record<string, (seed: number) => Check>> = { bars, image, traces, heat };
