import { readFileSync } from 'node:fs';
import createREGL from 'regl';
import { expect, test } from 'vitest';
import { cachedCode } from './cache.generated.ts';
import { drawingCodeModule, generateDrawingCode } from './drawingCode.ts';
import type { DrawnMark } from './mark.ts';
import { createMarks, EXTENSIONS } from './marks.ts';
import { mockGl } from './mockGl.ts';
import { paint } from './paint.ts';
import { Uploads } from './uploads.ts';

/** regl on a mock that throws for code that is not prepared, as the page's policy would. */
function strictRegl(shuffle = 0, limits: Readonly<Record<number, unknown>> = {}) {
  const guarded = new Proxy(cachedCode, {
    get(code, key) {
      if (typeof key !== 'string' || !(key in code)) throw new Error('drawing code is stale: run `npm run build`');
      return code[key];
    },
  });
  const gl = mockGl({ extensions: EXTENSIONS, shuffle, limits });
  return createREGL({ gl, extensions: EXTENSIONS, cachedCode: guarded });
}

test('the prepared drawing code is that of the commands', () => {
  const written = readFileSync(new URL('./cache.generated.ts', import.meta.url), 'utf8');
  expect(written === drawingCodeModule(generateDrawingCode())).toBe(true);
});

test('other limits and another order of uniforms need no other code', () => {
  expect(() => createMarks(strictRegl(1, { 34921: 8, 3379: 16384 }))).not.toThrow();
});

test('a command made elsewhere is found missing', () => {
  const regl = strictRegl();
  const vert = 'void main() { gl_Position = vec4(0.0); }';
  const frag = 'void main() { gl_FragColor = vec4(1.0); }';
  expect(() => regl({ vert, frag, count: 7 })).toThrow('stale');
});

test('every mark is drawn with prepared code, and what is not drawn again is let go', () => {
  const regl = strictRegl();
  const commands = createMarks(regl);
  const uploads = new Uploads(regl);
  const box = { x: 0, y: 0, width: 100, height: 50 };
  const domain = [0, 0, 1, 1] as const;
  const color = [1, 1, 1, 1] as const;
  const four = new Float32Array(8);
  const bytes = new Uint8Array(16);
  const marks: DrawnMark[] = [
    { kind: 'fill', box, color },
    { kind: 'lines', box, domain, color, position: four, run: 4 },
    { kind: 'lines', box, domain, color, position: four, run: 2, width: 2 },
    { kind: 'area', box, domain, color, position: four, run: 2 },
    { kind: 'points', box, domain, position: four, colors: bytes, size: 4 },
    { kind: 'bars', box, heights: four, bins: 4, row: 1, top: 2, color },
    {
      kind: 'image',
      box,
      domain,
      values: four,
      columns: 4,
      rows: 2,
      extent: domain,
      colormap: new Uint8Array(1024),
      range: [0, 1],
    },
    { kind: 'rects', box, domain, rects: four, colors: bytes.subarray(0, 8) },
    { kind: 'segments', box, domain, position: four, colors: bytes.subarray(0, 8) },
    { kind: 'lines', box, domain, color, position: new Float32Array(60_000), run: 3 },
    {
      kind: 'heat',
      box,
      domain,
      minMax: new Int16Array(16),
      columns: 4,
      rows: 2,
      center: new Float32Array(2),
      span: [0, 1],
      firstRow: 0,
      colormap: new Uint8Array(1024),
      most: 1,
    },
    ...[4, 400].map(
      (columns): DrawnMark => ({
        kind: 'traces',
        box,
        domain,
        minMax: new Int16Array(4 * columns),
        columns,
        rows: 2,
        center: new Float32Array(2),
        span: [0, 1],
        firstRow: 0,
        gain: 1,
        pieces: new Float32Array([0, 1, 0, 0, 1, 1]),
        colors: bytes.subarray(0, 8),
      }),
    ),
  ];
  const ground = { panel: { x: 0, y: 0, width: 100, height: 50 }, ratio: 1 };
  const used = uploads.during(new Set(), () => paint(marks, commands, uploads, ground));
  expect(uploads.count).toBeGreaterThan(5);
  uploads.during(used, () => {});
  expect(uploads.count).toBe(0);
});
