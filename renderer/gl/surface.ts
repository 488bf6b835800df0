import createREGL, { type Regl } from 'regl';
import { cachedCode } from './cache.generated.ts';
import { writeLabels } from './labels.ts';
import type { DrawnMark, Mark, Size } from './mark.ts';
import { createMarks, EXTENSIONS, type Marks } from './marks.ts';
import { paint } from './paint.ts';
import type { DeviceBox } from './place.ts';
import { Uploads } from './uploads.ts';

/** A place on the page that is drawn into: transparent, above the canvas. */
export interface SurfacePanel {
  readonly element: HTMLElement;
  /** Where its labels are written. */
  readonly labels: HTMLElement;
  draw(size: Size): readonly Mark[];
}

export interface PanelHandle {
  /** Draws the panel in the next frame. */
  redraw(): void;
  /** What was drawn last, and how large, CSS pixels: for pictures in files. */
  readonly marks: () => readonly Mark[];
  readonly size: () => Size;
  readonly labels: HTMLElement;
  remove(): void;
}

interface Held extends SurfacePanel {
  dirty: boolean;
  used: ReadonlySet<object>;
  marks: readonly Mark[];
  size: Size;
  /** Where it was when it was drawn last. */
  box: DeviceBox | undefined;
  /** What the next frame shows, if it was made ahead, and the arrays uploaded for it. */
  next: readonly Mark[] | undefined;
  ready: ReadonlySet<object>;
}

const NONE: ReadonlySet<object> = new Set();
/** After this long without restored graphics, ms, the page says so. */
const RESTORE_PATIENCE = 5000;

/**
 * One canvas behind all panels, no larger than they are together; each draws only into its own box of it. The drawing
 * buffer is preserved, so a panel that changed is drawn alone. Everything is drawn anew when boxes moved, and after the
 * graphics were lost.
 */
export class Surface {
  /** Drawing code that was not prepared at build time: the page's policy forbids making it, so this must stay empty. */
  readonly misses: string[] = [];
  /** Called with a panel's element each time it has been drawn. */
  onDrawn: ((element: HTMLElement) => void) | undefined;
  private readonly canvas: HTMLCanvasElement;
  private readonly onLost: (lost: boolean) => void;
  private readonly panels = new Set<Held>();
  private readonly resizes = new ResizeObserver(() => this.drawNow());
  private graphics: { readonly regl: Regl; readonly marks: Marks; readonly uploads: Uploads } | undefined;
  private boxes = '';
  /** Panels whose marks were made ahead since the last frame: each once a frame. */
  private readonly begunAhead = new Set<Held>();
  /** The panels that were seen last, in the order of `boxes`. */
  private shown: readonly Held[] = [];
  private begun = false;
  private frame = 0;
  private patience = 0;

  /** `onLost(true)`: the graphics do not come back; `onLost(false)`: they are back. */
  constructor(canvas: HTMLCanvasElement, onLost: (lost: boolean) => void) {
    this.canvas = canvas;
    this.onLost = onLost;
    canvas.addEventListener('webglcontextlost', this.lost);
    canvas.addEventListener('webglcontextrestored', this.restored);
    this.resizes.observe(canvas);
  }

  /** Makes the graphics, which takes a while: before the first panel, when the page is not waited for. */
  prepare(): void {
    if (this.begun) return;
    this.begun = true;
    this.begin();
  }

  add(panel: SurfacePanel): PanelHandle {
    this.prepare();
    const held: Held = {
      element: panel.element,
      labels: panel.labels,
      draw: (size) => panel.draw(size),
      dirty: true,
      used: NONE,
      marks: [],
      size: { width: 0, height: 0 },
      box: undefined,
      next: undefined,
      ready: NONE,
    };
    this.panels.add(held);
    this.resizes.observe(panel.element);
    this.request();
    return {
      redraw: () => {
        held.dirty = true;
        this.request();
        this.beginAhead(held);
      },
      marks: () => held.marks,
      size: () => held.size,
      labels: panel.labels,
      remove: () => {
        this.panels.delete(held);
        this.resizes.unobserve(panel.element);
        this.graphics?.uploads.releaseAll(held.used);
        this.graphics?.uploads.releaseAll(held.ready);
        this.request();
      },
    };
  }

  /** Waits until all that was asked to be drawn is in the canvas: reads one pixel. */
  finish(): void {
    this.graphics?.regl.read({ x: 0, y: 0, width: 1, height: 1 });
  }

  redrawAll(): void {
    this.boxes = '';
    this.request();
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.patience);
    this.resizes.disconnect();
    this.canvas.removeEventListener('webglcontextlost', this.lost);
    this.canvas.removeEventListener('webglcontextrestored', this.restored);
    this.graphics?.regl.destroy();
    this.graphics = undefined;
  }

  /** Draws what is dirty, or all when a box moved. Also called inside the ResizeObserver: in the layout's own frame. */
  drawNow(): void {
    const { graphics, canvas } = this;
    if (!graphics) return;
    const ratio = window.devicePixelRatio;
    const shown = [...this.panels].filter((panel) => isShown(panel.element));
    const rects = shown.map((panel) => panel.element.getBoundingClientRect());
    const area = around(rects) ?? canvas.getBoundingClientRect();
    const width = Math.round(area.width * ratio);
    const height = Math.round(area.height * ratio);
    if (width === 0 || height === 0) return;
    const boxes = rects.map((rect) => deviceBox(rect, area, ratio, height));
    const key = `${area.left} ${area.top} ${width} ${height} ${boxes.map((b) => `${b.x},${b.y},${b.width},${b.height}`).join(' ')}`;
    // A tab in front of another has its box, but not its picture.
    const all = key !== this.boxes || shown.some((panel, i) => panel !== this.shown[i]);
    this.shown = shown;
    this.boxes = key;
    if (all) fit(canvas, area);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    graphics.regl.poll();
    this.begunAhead.clear();
    if (all) graphics.regl.clear({ color: [0, 0, 0, 0] });
    shown.forEach((panel, i) => {
      const box = boxes[i];
      if (box && (all || panel.dirty || panel.next)) this.drawPanel(panel, box, all, ratio, graphics);
    });
  }

  private drawPanel(
    held: Held,
    panel: DeviceBox,
    anew: boolean,
    ratio: number,
    { marks, uploads }: { marks: Marks; uploads: Uploads },
  ) {
    const size = { width: panel.width / ratio, height: panel.height / ratio };
    const same = held.size.width === size.width && held.size.height === size.height;
    const ahead = held.dirty || !same ? undefined : held.next;
    held.dirty = false;
    held.next = undefined;
    held.size = size;
    held.box = panel;
    const list = ahead ?? held.draw(size);
    if (list === held.marks && !anew) return; // the same picture: it is there
    held.marks = list;
    held.used = uploads.during(held.used, () => paint(drawnOf(list), marks, uploads, { panel, ratio }));
    writeLabels(
      held.labels,
      list.filter((mark) => mark.kind === 'label'),
    );
    this.onDrawn?.(held.element);
  }

  /** The panel's marks are made and uploaded before the frame comes: in a task of their own, which the frame then is not. */
  private beginAhead(held: Held): void {
    if (this.begunAhead.has(held)) return;
    this.begunAhead.add(held);
    queueMicrotask(() => {
      const { graphics } = this;
      const { box } = held;
      if (!graphics || !box || !held.dirty || !this.shown.includes(held) || !this.panels.has(held)) return;
      held.dirty = false;
      const list = held.draw(held.size);
      held.next = list;
      if (list === held.marks) return;
      const { marks, uploads } = graphics;
      const silent = new Proxy(marks, { get: () => () => {} });
      const ground = { panel: box, ratio: window.devicePixelRatio };
      held.ready = uploads.during(held.ready, () => paint(drawnOf(list), silent, uploads, ground));
    });
  }

  private request(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.drawNow();
    });
  }

  private begin(): void {
    const counted = new Proxy(cachedCode, {
      get: (code, key) => {
        if (typeof key === 'string' && !(key in code)) this.misses.push(key);
        return typeof key === 'string' ? code[key] : undefined;
      },
    });
    const regl = createREGL({
      canvas: this.canvas,
      extensions: EXTENSIONS,
      cachedCode: counted,
      attributes: { alpha: true, antialias: false, depth: false, stencil: false, preserveDrawingBuffer: true },
    });
    this.graphics = { regl, marks: createMarks(regl), uploads: new Uploads(regl) };
    this.boxes = '';
  }

  // regl's own restore leaves buffers and textures empty, so all of it is thrown away and made anew.
  private readonly lost = (event: Event): void => {
    event.preventDefault();
    this.graphics?.regl.destroy();
    this.graphics = undefined;
    this.patience = window.setTimeout(() => this.onLost(true), RESTORE_PATIENCE);
  };

  private readonly restored = (): void => {
    clearTimeout(this.patience);
    for (const panel of this.panels) {
      panel.used = NONE;
      panel.ready = NONE;
    }
    this.begin();
    this.onLost(false);
    this.request();
  };
}

function drawnOf(list: readonly Mark[]): DrawnMark[] {
  return list.filter((mark) => mark.kind !== 'label');
}

function isShown(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    element.clientWidth > 0 &&
    element.clientHeight > 0 &&
    element.checkVisibility({ visibilityProperty: true })
  );
}

type Area = Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>;

/** The smallest area of whole CSS pixels around all. */
function around(rects: readonly DOMRect[]): Area | undefined {
  if (rects.length === 0) return undefined;
  const left = Math.floor(Math.min(...rects.map((rect) => rect.left)));
  const top = Math.floor(Math.min(...rects.map((rect) => rect.top)));
  const right = Math.ceil(Math.max(...rects.map((rect) => rect.right)));
  const bottom = Math.ceil(Math.max(...rects.map((rect) => rect.bottom)));
  return { left, top, width: right - left, height: bottom - top };
}

/** Puts the canvas behind that area: what it is larger costs with every frame where there is no graphics card. */
function fit(canvas: HTMLCanvasElement, { left, top, width, height }: Area): void {
  Object.assign(canvas.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

function deviceBox(rect: DOMRect, area: Area, ratio: number, canvasHeight: number): DeviceBox {
  const left = Math.round((rect.left - area.left) * ratio);
  const right = Math.round((rect.right - area.left) * ratio);
  const top = Math.round((rect.top - area.top) * ratio);
  const bottom = Math.round((rect.bottom - area.top) * ratio);
  return { x: left, y: canvasHeight - bottom, width: right - left, height: bottom - top };
}
