import type { Hit } from '../views/view.ts';

/** What a view wants to know of the mouse. */
export interface PointerUser {
  readonly hasLasso: boolean;
  hover(hit: Hit | undefined): void;
  click(hit: Hit): void;
  drag(dx: number, dy: number): void;
  /** A line is being drawn around something; `done`: the button was let go. */
  lasso(line: readonly { readonly x: number; readonly y: number }[], done: boolean): void;
  wheel(hit: Hit, turn: number): void;
  reset(): void;
  /** The panel was used. */
  touched(): void;
}

/** Pointer further than this, CSS pixels: a drag, no click. */
const DRAG = 3;
/** What browsers report for one notch of a wheel. */
const NOTCH = 100;

/** Hands the mouse over an element to its user. Returns a function that ends it. */
export function listenPointer(element: HTMLElement, user: PointerUser): () => void {
  let last: { readonly x: number; readonly y: number } | undefined;
  let line: { x: number; y: number }[] | undefined;
  let dragging = false;
  const hitAt = (event: MouseEvent): Hit => {
    const box = element.getBoundingClientRect();
    const ctrl = event.ctrlKey || event.metaKey;
    return { x: event.clientX - box.left, y: event.clientY - box.top, ctrl, shift: event.shiftKey, alt: event.altKey };
  };
  const handlers = {
    pointerdown(event: PointerEvent) {
      if (event.button !== 0 || !isPicture(event)) return;
      user.touched();
      last = { x: event.clientX, y: event.clientY };
      line = event.shiftKey && user.hasLasso ? [hitAt(event)] : undefined;
      dragging = false;
      element.setPointerCapture(event.pointerId);
    },
    pointermove(event: PointerEvent) {
      if (!last) return user.hover(hitAt(event));
      const dx = event.clientX - last.x;
      const dy = event.clientY - last.y;
      if (!dragging && Math.hypot(dx, dy) < DRAG) return;
      dragging = true;
      last = { x: event.clientX, y: event.clientY };
      if (!line) return user.drag(dx, dy);
      line.push(hitAt(event));
      user.lasso(line, false);
    },
    pointerup(event: PointerEvent) {
      if (last && !dragging) user.click(hitAt(event));
      else if (last && line) user.lasso(line, true);
      last = undefined;
      line = undefined;
    },
    pointercancel() {
      if (line) user.lasso([], true);
      last = undefined;
      line = undefined;
    },
    pointerleave() {
      user.hover(undefined);
    },
    dblclick(event: MouseEvent) {
      if (isPicture(event)) user.reset();
    },
    wheel(event: WheelEvent) {
      if (!isPicture(event)) return;
      event.preventDefault();
      user.touched();
      // With shift some systems turn the wheel sideways.
      const turned = event.deltaY === 0 ? event.deltaX : event.deltaY;
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
      user.wheel(hitAt(event), Math.min(3, Math.max(-3, (-turned * lines) / NOTCH)));
    },
  };
  const controller = new AbortController();
  const { signal } = controller;
  element.addEventListener('pointerdown', handlers.pointerdown, { signal });
  element.addEventListener('pointermove', handlers.pointermove, { signal });
  element.addEventListener('pointerup', handlers.pointerup, { signal });
  element.addEventListener('pointercancel', handlers.pointercancel, { signal });
  element.addEventListener('pointerleave', handlers.pointerleave, { signal });
  element.addEventListener('dblclick', handlers.dblclick, { signal });
  element.addEventListener('wheel', handlers.wheel, { signal, passive: false });
  return () => controller.abort();
}

/** Buttons that lie above the picture keep their clicks. */
function isPicture({ target }: Event): boolean {
  return !(target instanceof Element && target.closest('button, a, input'));
}
