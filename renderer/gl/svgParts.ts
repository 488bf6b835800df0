import type { Box, Color, Domain } from './mark.ts';

/** Where values of a mark lie, CSS pixels of the view. */
export interface Place {
  x(value: number): number;
  y(value: number): number;
}

export function placer({ box, domain }: { readonly box: Box; readonly domain: Domain }): Place {
  const [x0, y0, x1, y1] = domain;
  return {
    x: (value) => box.x + ((value - x0) / (x1 - x0)) * box.width,
    y: (value) => box.y + box.height - ((value - y0) / (y1 - y0)) * box.height,
  };
}

/** A hundredth of a pixel is enough; what is no number lies at 0. */
export function num(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
}

/** `count` points of a path, after its M. */
export function points(count: number, x: (i: number) => number, y: (i: number) => number): string {
  const out: string[] = [];
  for (let i = 0; i < count; i++) out.push(`${num(x(i))} ${num(y(i))}`);
  return out.join('L');
}

export function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them
  const clean = text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
  return clean.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? num(value) : escaped(String(value))}"`)
    .join('');
}

export function element(name: string, values: Readonly<Record<string, string | number | undefined>>): string {
  return `<${name}${attributes(values)}/>`;
}

/** A colour as drawing programs know it: opacity apart. */
export function colored(kind: 'fill' | 'stroke', [r, g, b, a]: Color): Readonly<Record<string, string | number>> {
  const [red, green, blue] = [r, g, b].map((part) => Math.round(255 * part));
  return { [kind]: `rgb(${red},${green},${blue})`, ...(a < 1 && { [`${kind}-opacity`]: a }) };
}

/** The colour at place `i` of bytes. */
export function byteColor(colors: Uint8Array, i: number): Color {
  const [r, g, b, a] = colors.subarray(4 * i, 4 * i + 4);
  return [r! / 255, g! / 255, b! / 255, a! / 255];
}
