import { expect, test } from 'vitest';
import { scene, sceneNames } from './gallery/scenes.ts';
import type { Mark } from './mark.ts';
import { toSvg } from './svg.ts';

const tones = { dim: '#999', plain: 'rgb(1, 2, 3)', strong: '#fff' };
const size = { width: 200, height: 100 };
const box = { x: 20, y: 10, width: 100, height: 50 };
const domain = [0, 0, 10, 5] as const;
const color = [1, 0, 0, 1] as const;

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The tags of well-formed XML; throws for anything else: tags that do not match, bare & or <, attributes twice. */
function parse(text: string): Tag[] {
  const open: string[] = [];
  const tags: Tag[] = [];
  const pattern = /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z0-9-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, close, name = '', given = '', empty, words = ''] = match;
    if (match.index !== at) throw new Error(`not XML at ${at}: ${text.slice(at, at + 40)}`);
    at += whole.length;
    if (/&(?!(amp|lt|gt|quot);)/.test(words + given)) throw new Error(`bare & in ${whole}`);
    if (words !== '') continue;
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, key = '', value = ''] of given.matchAll(/([a-zA-Z0-9-]+)="([^"]*)"/g)) {
      if (key in attributes) throw new Error(`${key} twice`);
      attributes[key] = value;
    }
    tags.push({ name, attributes });
    if (empty !== '/') open.push(name);
  }
  if (at !== text.length || open.length > 0) throw new Error(`not closed: ${open.join()} ${text.slice(at, at + 40)}`);
  return tags;
}

function drawn(...marks: Mark[]): Tag[] {
  return parse(toSvg(marks, size, tones)).filter(({ name }) => !['svg', 'defs', 'g', 'clipPath'].includes(name));
}

function named(tags: readonly Tag[], name: string) {
  return tags.filter((tag) => tag.name === name).map(({ attributes }) => attributes);
}

test.each(sceneNames)('the scene %s is well-formed XML without numbers gone wrong', (name) => {
  const text = toSvg(scene(name), { width: 240, height: 160 }, tones);
  expect(parse(text).length).toBeGreaterThan(3);
  expect(text).not.toMatch(/NaN|Infinity|undefined|e-\d/);
});

test('lines lie where their values are, scaled and moved, clipped to their box', () => {
  const position = Float32Array.of(0, 0, 10, 5, 0, 0, 10, 5);
  const tags = parse(toSvg([{ kind: 'lines', box, domain, position, run: 2, width: 2, color }], size, tones));
  expect(named(tags, 'path').map(({ d }) => d)).toEqual(['M20 60L120 10', 'M20 60L120 10']);
  expect(named(tags, 'rect')).toEqual([{ x: '20', y: '10', width: '100', height: '50' }]);
  const groups = named(tags, 'g');
  expect(groups[0]).toEqual({ 'clip-path': 'url(#clip0)' });
  expect(groups[1]).toMatchObject({ stroke: 'rgb(255,0,0)', 'stroke-width': '2', fill: 'none' });
  const at = Float32Array.of(0, 0, 5, 0);
  const moved = drawn({ kind: 'lines', box, domain, position, run: 2, color, scale: [0.5, 0.5], at, from: 1, to: 2 });
  expect(named(moved, 'path').map(({ d }) => d)).toEqual(['M70 60L120 35']);
});

test('points, rectangles, segments and bands have their places and colours', () => {
  const position = Float32Array.of(5, 2.5, 10, 0);
  const colors = Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 51);
  const circles = named(drawn({ kind: 'points', box, domain, position, colors, size: 6 }), 'circle');
  expect(circles).toEqual([
    { cx: '70', cy: '35', r: '3', fill: 'rgb(1,2,3)' },
    { cx: '120', cy: '60', r: '3', fill: 'rgb(4,5,6)', 'fill-opacity': '0.2' },
  ]);
  const corners = Float32Array.of(0, 0, 5, 5);
  const rect = named(drawn({ kind: 'rects', box, domain, rects: corners, colors: colors.subarray(0, 4) }), 'rect').at(
    -1,
  );
  expect(rect).toEqual({ x: '20', y: '10', width: '50', height: '50', fill: 'rgb(1,2,3)' });
  const line = named(
    drawn({ kind: 'segments', box, domain, position: corners, colors: colors.subarray(0, 4) }),
    'line',
  )[0];
  expect(line).toEqual({ x1: '20', y1: '60', x2: '70', y2: '10', stroke: 'rgb(1,2,3)' });
  const band = Float32Array.of(0, 0, 10, 0, 0, 5, 10, 5);
  const path = named(drawn({ kind: 'area', box, domain, position: band, run: 2, color }), 'path')[0];
  expect(path?.d).toBe('M20 60L120 60L120 10L20 10Z');
});

test('bars are one outline', () => {
  const heights = Float32Array.of(9, 9, 2, 4);
  const [path] = named(drawn({ kind: 'bars', box, heights, bins: 2, row: 1, top: 4, color }), 'path');
  expect(path?.d).toBe('M20 60L20 35L70 35L70 10L120 10L120 60Z');
});

test('a trace goes along its maxima and back along its minima, only as far as it is seen', () => {
  const mark: Mark = {
    kind: 'traces',
    box,
    domain: [0, -0.5, 2, 1.5],
    minMax: Int16Array.of(-1, 1, -2, 2, 0, 0, 0, 0, 9, 9, 9, 9),
    columns: 2,
    rows: 3,
    center: Float32Array.of(0, 0, 0),
    span: [0, 2],
    firstRow: 0,
    gain: 0.1,
    pieces: Float32Array.of(0, 1, 0),
    colors: Uint8Array.of(9, 9, 9, 255),
  };
  expect(named(drawn(mark), 'path').map(({ d }) => d)).toEqual(['M45 45L95 42.5L95 52.5L45 50Z']);
  expect(drawn({ ...mark, domain: [100, -0.5, 102, 1.5] })).toEqual([]);
});

test('an image is embedded as a PNG, stretched over its extent', () => {
  const values = Float32Array.of(0, 1);
  const colormap = new Uint8Array(1024).fill(255);
  const extent = [0, 0, 10, 2.5] as const;
  const [image] = named(
    drawn({ kind: 'image', box, domain, values, columns: 2, rows: 1, extent, colormap, range: [0, 1] }),
    'image',
  );
  expect(image).toMatchObject({ x: '20', y: '35', width: '100', height: '25', preserveAspectRatio: 'none' });
  expect(image?.href).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
});

test('labels are text with the colour of their tone or their own; names cannot break the file', () => {
  const text = toSvg(
    [
      { kind: 'label', x: 5, y: 6, text: 'a <b> & "c"\u0000', align: 'right', tone: 'plain' },
      { kind: 'label', x: 5, y: 6, text: 'unit', align: 'center', tone: 'strong', color },
    ],
    size,
    tones,
  );
  const labels = named(parse(text), 'text');
  expect(labels[0]).toMatchObject({ x: '5', y: '6', 'text-anchor': 'end', fill: 'rgb(1, 2, 3)' });
  expect(labels[1]).toMatchObject({ 'text-anchor': 'middle', fill: 'rgb(255,0,0)', 'font-weight': '600' });
  expect(text).toContain('a &lt;b&gt; &amp; &quot;c&quot;');
});

test('a strong label has an edge of the ground, so that it is read above data', () => {
  const at = { kind: 'label', x: 5, y: 6, text: '100 µV', align: 'right' } as const;
  const ground: Mark = { kind: 'fill', box, color: [0, 0, 1, 1] };
  const labels = named(drawn(ground, { ...at, tone: 'strong' }, { ...at, tone: 'dim' }), 'text');
  expect(labels[0]).toMatchObject({ stroke: 'rgb(0,0,255)', 'paint-order': 'stroke' });
  expect(labels[1]).not.toHaveProperty('stroke');
});

test('marks of the same clip share it', () => {
  const fill: Mark = { kind: 'fill', box, color: [0, 0, 0, 0.5] };
  const line: Mark = { kind: 'lines', box, domain, position: new Float32Array(4), run: 2, color };
  const text = toSvg([fill, line, line, { ...line, clip: { x: 0, y: 0, ...size } }], size, tones);
  expect(named(parse(text), 'clipPath')).toEqual([{ id: 'clip0' }, { id: 'clip1' }]);
  expect(text).toContain('fill="rgb(0,0,0)" fill-opacity="0.5"');
});
