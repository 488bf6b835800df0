import type { Color } from '../gl/mark.ts';

/** Colours of the pictures; the chrome's are in styles/tokens.css. */
export interface Palette {
  readonly name: 'dark' | 'light';
  readonly background: Color;
  readonly trace: Color;
  /** Axes and frames */
  readonly line: Color;
  /** Grid and what lies behind the data */
  readonly faint: Color;
  readonly text: Color;
  /** What belongs to no unit or to several */
  readonly neutral: Color;
  /** Of selected units, in the order of selection */
  readonly units: readonly Color[];
  /** [256][4]: negative, zero, positive */
  readonly diverging: Uint8Array;
}

function hex(code: string, opacity = 1): Color {
  const byte = (at: number) => Number.parseInt(code.slice(at, at + 2), 16) / 255;
  return [byte(1), byte(3), byte(5), opacity];
}

function diverging(low: Color, middle: Color, high: Color): Uint8Array {
  const out = new Uint8Array(1024);
  for (let i = 0; i < 256; i++) {
    const at = (i - 127.5) / 127.5;
    const [end, t] = at < 0 ? [low, -at] : [high, at];
    for (let k = 0; k < 3; k++) out[4 * i + k] = 255 * (middle[k]! + (end[k]! - middle[k]!) * t);
    out[4 * i + 3] = 255;
  }
  return out;
}

const dark: Palette = {
  name: 'dark',
  background: hex('#0b0c0f'),
  trace: hex('#9ca5b3'),
  line: hex('#5b6370'),
  faint: hex('#1d2128'),
  text: hex('#d9dce1'),
  neutral: hex('#8b94a2'),
  units: ['#4f9dff', '#ff6257', '#f2c744', '#3fcf8e', '#b794ff', '#ff9f4d', '#44d4dd', '#ff8ac9'].map((c) => hex(c)),
  diverging: diverging(hex('#4f9dff'), hex('#0b0c0f'), hex('#ff6257')),
};

const light: Palette = {
  name: 'light',
  background: hex('#ffffff'),
  trace: hex('#454c57'),
  line: hex('#8a919c'),
  faint: hex('#e6e9ed'),
  text: hex('#1c2026'),
  neutral: hex('#6b7380'),
  units: ['#0a62d0', '#c92a22', '#946c00', '#12784a', '#7442d0', '#b55400', '#007680', '#b8317a'].map((c) => hex(c)),
  diverging: diverging(hex('#0a62d0'), hex('#ffffff'), hex('#c92a22')),
};

export const palettes = { dark, light } as const;

export function unitColor(palette: Palette, order: number): Color {
  return palette.units[order % palette.units.length] ?? palette.neutral;
}

export function fade([r, g, b, a]: Color, opacity: number): Color {
  return [r, g, b, a * opacity];
}

/** `part` of the way from a to b; as opaque as a. */
export function mix([r, g, b, a]: Color, to: Color, part: number): Color {
  const between = (from: number, end: number) => from + part * (end - from);
  return [between(r, to[0]), between(g, to[1]), between(b, to[2]), a];
}

/** The colour `n` times, as bytes. out: [n][4] */
export function bytes(color: Color, n = 1): Uint8Array {
  const out = new Uint8Array(4 * n);
  for (let i = 0; i < out.length; i++) out[i] = 255 * color[i % 4]!;
  return out;
}
