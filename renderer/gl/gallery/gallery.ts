import createREGL, { type Regl } from 'regl';
import { cachedCode } from '../cache.generated.ts';
import type { DrawnMark } from '../mark.ts';
import { createMarks, EXTENSIONS, type Marks } from '../marks.ts';
import { paint } from '../paint.ts';
import { toPng } from '../picture.ts';
import { toSvg } from '../svg.ts';
import { Uploads } from '../uploads.ts';
import { checks } from './check.ts';
import { costly, PANEL } from './costs.ts';
import { hidden, lost } from './panels.ts';
import { SIZE, scene, sceneNames } from './scenes.ts';

/*
 * A page of the built app that no user sees: e2e/marks.spec.ts has it draw each mark through the app's own commands,
 * compares the pictures with e2e/golden/marks, and reads what drawing costs.
 */

interface Easel {
  readonly canvas: HTMLCanvasElement;
  readonly regl: Regl;
  readonly commands: Marks;
  readonly uploads: Uploads;
}

/** Code that was not prepared at build time. */
const misses: string[] = [];

function easel(width: number, height: number): Easel {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const counted = new Proxy(cachedCode, {
    get: (code, key) => {
      if (typeof key === 'string' && !(key in code)) misses.push(key);
      return typeof key === 'string' ? code[key] : undefined;
    },
  });
  const attributes = { alpha: true, antialias: false, depth: false, stencil: false, preserveDrawingBuffer: true };
  const regl = createREGL({ canvas, extensions: EXTENSIONS, cachedCode: counted, attributes });
  return { canvas, regl, commands: createMarks(regl), uploads: new Uploads(regl) };
}

function drawOn({ canvas, commands, uploads }: Easel, marks: readonly DrawnMark[], used: ReadonlySet<object>) {
  const panel = { x: 0, y: 0, width: canvas.width, height: canvas.height };
  return uploads.during(used, () => paint(marks, commands, uploads, { panel, ratio: 1 }));
}

/** The picture of `marks`, from the upper left. */
function pixelsOf(easel: Easel, marks: readonly DrawnMark[]): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = easel.canvas;
  drawOn(easel, marks, new Set());
  const below = easel.regl.read();
  const out = new Uint8ClampedArray(below.length);
  for (let y = 0; y < height; y++)
    out.set(below.subarray(4 * y * width, 4 * (y + 1) * width), 4 * (height - 1 - y) * width);
  return out;
}

function picture(width: number, height: number, draw: (pencil: OffscreenCanvasRenderingContext2D) => void) {
  const canvas = new OffscreenCanvas(width, height);
  const pencil = canvas.getContext('2d');
  if (!pencil) throw new Error('no 2d context');
  draw(pencil);
  return { canvas, pencil };
}

async function png(canvas: OffscreenCanvas): Promise<string> {
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Compares a scene with its golden picture, a PNG in base64; without one all differs. Pictures are PNG in base64. */
async function compare(name: string, golden: string | undefined) {
  const { width, height } = SIZE;
  const found = pixelsOf(stage, scene(name));
  const { canvas } = picture(width, height, (pencil) => pencil.putImageData(new ImageData(found, width, height), 0, 0));
  if (golden === undefined) return { picture: await png(canvas), wrong: width * height, worst: 255, diff: '' };
  const bytes = Uint8Array.from(atob(golden), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { pencil } = picture(image.width, image.height, (at) => at.drawImage(image, 0, 0));
  const wanted = pencil.getImageData(0, 0, width, height).data;
  const diff = new Uint8ClampedArray(wanted.length);
  let wrong = 0;
  let worst = 0;
  for (let i = 0; i < diff.length; i += 4) {
    const off = Math.max(...[0, 1, 2, 3].map((k) => Math.abs(found[i + k]! - wanted[i + k]!)));
    if (off > LEVELS) wrong++;
    worst = Math.max(worst, off);
    diff.set([off > LEVELS ? 255 : wanted[i]! / 3, wanted[i + 1]! / 3, wanted[i + 2]! / 3, 255], i);
  }
  const { canvas: marked } = picture(width, height, (at) => at.putImageData(new ImageData(diff, width, height), 0, 0));
  return { picture: await png(canvas), wrong, worst, diff: await png(marked) };
}

/** Colour levels a pixel may be off. */
const LEVELS = 4;

/** How far the scene's files, and an empty picture, are from the scene: mean levels. `large`: a picture twice as wide. */
async function files(name: string): Promise<Readonly<Record<'png' | 'svg' | 'empty' | 'large', number>>> {
  const { width, height } = SIZE;
  const marks = scene(name);
  const wanted = pixelsOf(stage, marks);
  const off = (image: CanvasImageSource) => {
    const { pencil } = picture(width, height, (at) => at.drawImage(image, 0, 0, width, height));
    const found = pencil.getImageData(0, 0, width, height).data;
    return found.reduce((sum, value, i) => sum + Math.abs(value - wanted[i]!), 0) / found.length;
  };
  const tones = { dim: 'gray', plain: 'gray', strong: 'gray' };
  const pngs = [1, 2].map(async (ratio) => {
    const bytes = await toPng(marks, SIZE, { ratio, tones, font: 'sans-serif' });
    return await createImageBitmap(new Blob([bytes.slice()], { type: 'image/png' }));
  });
  const [one, two] = await Promise.all(pngs);
  const drawing = new Image();
  drawing.src = URL.createObjectURL(new Blob([toSvg(marks, SIZE, tones)], { type: 'image/svg+xml' }));
  await drawing.decode();
  URL.revokeObjectURL(drawing.src);
  const empty = pixelsOf(stage, marks.slice(0, 1));
  const { canvas } = picture(width, height, (at) => at.putImageData(new ImageData(empty, width, height), 0, 0));
  return { png: off(one!), svg: off(drawing), empty: off(canvas), large: two!.width / width };
}

const black: DrawnMark = { kind: 'fill', box: { x: 0, y: 0, ...SIZE }, color: [0, 0, 0, 1] };

function check(name: string, seed: number): string[] {
  const make = checks[name];
  if (!make) throw new Error(`no check ${name}`);
  const { mark, wrong } = make(seed);
  return wrong({ pixels: pixelsOf(stage, [black, mark]), ...SIZE });
}

/** Median ms until the picture is there: of new data, and of the same again. */
function cost(name: string, rounds: number): { readonly first: number; readonly again: number } {
  const make = costly[name];
  if (!make) throw new Error(`no cost ${name}`);
  const large = easel(PANEL.width, PANEL.height);
  const wait = () => large.regl.read({ x: 0, y: 0, width: 1, height: 1 });
  const times: { readonly first: number[]; readonly again: number[] } = { first: [], again: [] };
  let used: ReadonlySet<object> = new Set();
  for (let round = 0; round < rounds; round++) {
    const marks = make(round);
    for (const which of [times.first, times.again]) {
      wait();
      const start = performance.now();
      used = drawOn(large, marks, used);
      wait();
      which.push(performance.now() - start);
    }
  }
  large.regl.destroy();
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
  return { first: median(times.first), again: median(times.again) };
}

const stage = easel(SIZE.width, SIZE.height);

const gallery = {
  scenes: sceneNames,
  checks: Object.keys(checks),
  costs: Object.keys(costly),
  compare,
  check,
  files,
  cost,
  hidden,
  lost,
  misses: (): number => misses.length,
};
Object.assign(window, { gallery });
