import type { DrawnMark, Size } from '../mark.ts';
import { Surface } from '../surface.ts';
import { noisyTile, seeded, wholeRows } from './random.ts';
import { diverging } from './scenes.ts';

interface Stage {
  readonly surface: Surface;
  readonly canvas: HTMLCanvasElement;
  readonly left: HTMLElement;
  readonly draws: { left: number; right: number };
  readonly redraw: () => void;
}

/** A surface with two panels side by side. */
function stage(): Stage {
  const canvas = place(document.createElement('canvas'), 0, 600);
  const surface = new Surface(canvas, () => {});
  const draws = { left: 0, right: 0 };
  const panel = (side: 'left' | 'right', at: number) => {
    const element = place(document.createElement('div'), at, 300);
    const marks = picture(at + 1);
    const draw = (size: Size) => {
      draws[side]++;
      return marks(size);
    };
    return { element, handle: surface.add({ element, labels: document.createElement('div'), draw }) };
  };
  const [left, right] = [panel('left', 0), panel('right', 300)];
  const redraw = () => {
    left.handle.redraw();
    right.handle.redraw();
  };
  return { surface, canvas, left: left.element, draws, redraw };
}

function place<T extends HTMLElement>(element: T, left: number, width: number): T {
  Object.assign(element.style, {
    position: 'fixed',
    top: '0',
    left: `${left}px`,
    width: `${width}px`,
    height: '200px',
  });
  document.body.append(element);
  return element;
}

/** Something of every kind of upload: textures, buffers, elements. */
function picture(seed: number): (size: Size) => readonly DrawnMark[] {
  const [columns, rows] = [350, 8];
  const minMax = noisyTile(rows, columns, seeded(seed));
  const tile = { minMax, columns, rows, center: new Float32Array(rows), span: [0, columns], firstRow: 0 } as const;
  const pieces = wholeRows(rows);
  const colors = new Uint8Array(4 * rows).fill(190);
  const position = Float32Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? i / 200 : Math.sin(i)));
  const heights = Float32Array.from({ length: 20 }, (_, i) => i % 7);
  return ({ width, height }) => {
    const upper = { x: 0, y: 0, width, height: height / 2 };
    const lower = { ...upper, y: height / 2 };
    const domain = [0, -0.5, columns, rows - 0.5] as const;
    return [
      { kind: 'fill', box: { x: 0, y: 0, width, height }, color: [0.1, 0.1, 0.1, 1] },
      { kind: 'heat', box: lower, domain, ...tile, colormap: diverging, most: 100 },
      { kind: 'traces', box: upper, domain, ...tile, gain: 0.01, pieces, colors },
      { kind: 'lines', box: upper, domain: [0, -1, 1, 1], position, run: 100, width: 2, color: [1, 1, 0, 0.5] },
      { kind: 'bars', box: lower, heights, bins: 20, row: 0, top: 20, color: [0, 1, 0, 0.5] },
    ];
  };
}

function frames(count: number): Promise<void> {
  return new Promise((resolve) => {
    const next = (left: number) => (left === 0 ? resolve() : requestAnimationFrame(() => next(left - 1)));
    next(count);
  });
}

/** How often panels are drawn while the left one is hidden, and after it is shown. */
export async function hidden(): Promise<Readonly<Record<string, number>>> {
  const { surface, left, draws, redraw } = stage();
  await frames(3);
  left.style.display = 'none';
  await frames(3);
  const before = { ...draws };
  redraw();
  await frames(3);
  const whileHidden = draws.left - before.left;
  const other = draws.right - before.right;
  left.style.display = '';
  await frames(3);
  const onceSeen = draws.left - before.left - whileHidden;
  surface.dispose();
  return { whileHidden, other, onceSeen };
}

/** Whether the same pixels are there after the context was lost and restored, and how long that took, ms. */
export async function lost(): Promise<{ readonly same: boolean; readonly ms: number }> {
  const { surface, canvas, draws } = stage();
  await frames(3);
  const before = pixels(canvas);
  const gl = canvas.getContext('webgl');
  const extension = gl?.getExtension('WEBGL_lose_context');
  if (!extension) throw new Error('contexts cannot be lost here');
  extension.loseContext();
  await frames(5);
  const drawn = draws.left;
  const start = performance.now();
  extension.restoreContext();
  while (draws.left === drawn && performance.now() - start < 10_000) await frames(1);
  surface.finish();
  const ms = performance.now() - start;
  const after = pixels(canvas);
  surface.dispose();
  return { same: before.length > 0 && before.every((value, i) => value === after[i]) && varied(after), ms };
}

function pixels(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  if (!copy) throw new Error('no 2d context');
  copy.drawImage(canvas, 0, 0);
  return copy.getImageData(0, 0, canvas.width, canvas.height).data;
}

/** Not one colour everywhere. */
function varied(values: Uint8ClampedArray): boolean {
  return new Set(values).size > 20;
}
