import type { StoreApi } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Services } from '../actions/services.ts';
import { Asker } from '../data/query.ts';
import type { Mark, Size } from '../gl/mark.ts';
import type { PanelHandle } from '../gl/surface.ts';
import { useLayout } from '../state/layout.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { palettes } from '../views/palette.ts';
import type { Hit, View, ViewState } from '../views/view.ts';

/** What the frame around a view says. */
export interface ViewStatus {
  readonly summary: string;
  readonly empty: string | undefined;
  /** What lies under the pointer. */
  readonly reading: string | undefined;
  /** The picture is an old one: the new data is not there yet. */
  readonly waiting: boolean;
  readonly error: Error | undefined;
}

/** Gives a view its state and data, draws it where and when it has to be drawn, and hands it the pointer. */
export class ViewHost<Options> {
  readonly status = createStore<ViewStatus>()(() => ({
    summary: '',
    empty: undefined,
    reading: undefined,
    waiting: false,
    error: undefined,
  }));
  private readonly view: View<Options>;
  private readonly options: StoreApi<Options>;
  private readonly element: HTMLElement;
  private readonly asker: Asker;
  private readonly handle: PanelHandle;
  private readonly leave: (() => void)[];
  private size: Size = { width: 0, height: 0 };

  constructor(
    view: View<Options>,
    options: StoreApi<Options>,
    services: Services,
    element: HTMLElement,
    labels: HTMLElement,
  ) {
    this.view = view;
    this.options = options;
    this.element = element;
    this.asker = new Asker(services.client, services.cache, () => this.changed());
    this.handle = services.surface.add({ element, labels, draw: (size) => this.draw(size) });
    const stores = [useSession, useLayout, options] as const;
    this.leave = stores.map((store) => store.subscribe(() => this.changed()));
    this.leave.push(
      useSelection.subscribe((now, before) => {
        if (now.unitIds !== before.unitIds) this.changed();
      }),
    );
    this.leave.push(listen(element, this));
  }

  dispose(): void {
    for (const leave of this.leave) leave();
    this.asker.dispose();
    this.handle.remove();
  }

  hover(hit: Hit | undefined): void {
    const state = this.state();
    const reading =
      hit && state && this.view.read?.(hit, state, this.asker.answers, this.options.getState(), this.size);
    if (reading !== this.status.getState().reading) this.status.setState({ reading });
  }

  click(hit: Hit): void {
    const state = this.state();
    const picked = state && this.view.pick?.(hit, state, this.asker.answers, this.options.getState(), this.size);
    if (!picked) return;
    const selection = useSelection.getState();
    if (picked.add) selection.toggle(picked.unitId);
    else selection.select([picked.unitId]);
  }

  drag(dx: number, dy: number): void {
    const { drag } = this.view;
    if (drag) this.change((options, state) => drag({ dx, dy }, state, options, this.size));
  }

  wheel(hit: Hit, turn: number): void {
    const { wheel } = this.view;
    if (wheel) this.change((options, state) => wheel(hit, turn, state, options, this.size));
  }

  reset(): void {
    const { reset } = this.view;
    if (reset) this.change(reset);
  }

  hitAt(event: MouseEvent): Hit {
    const box = this.element.getBoundingClientRect();
    const ctrl = event.ctrlKey || event.metaKey;
    return { x: event.clientX - box.left, y: event.clientY - box.top, ctrl, shift: event.shiftKey };
  }

  private change(make: (options: Options, state: ViewState) => Options): void {
    const state = this.state();
    if (state) this.options.setState((options) => make(options, state), true);
  }

  private changed(): void {
    this.handle.redraw();
  }

  private state(): ViewState | undefined {
    const { session } = useSession.getState();
    if (!session) return undefined;
    const palette = palettes[useLayout.getState().theme];
    return { session, unitIds: useSelection.getState().unitIds, palette, ratio: window.devicePixelRatio };
  }

  private draw(size: Size): readonly Mark[] {
    this.size = size;
    const state = this.state();
    if (!state) return [];
    const { view, asker } = this;
    const before = this.options.getState();
    asker.update(view.query(state, before, size));
    const data = asker.answers;
    const options = view.settle?.(state, data, before) ?? before;
    if (options !== before) this.options.setState(options, true);
    const { waiting, error } = asker;
    this.tell({ summary: view.summary(state, data, options), empty: view.empty(state, options), waiting, error });
    return view.draw(state, data, options, size);
  }

  private tell(status: Omit<ViewStatus, 'reading'>): void {
    const now = this.status.getState();
    const { summary, empty, waiting, error } = status;
    if (now.summary !== summary || now.empty !== empty || now.waiting !== waiting || now.error !== error)
      this.status.setState(status);
  }
}

/** Pointer further than this, CSS pixels: a drag, no click. */
const DRAG = 3;
/** What browsers report for one notch of a wheel. */
const NOTCH = 100;

function listen<Options>(element: HTMLElement, host: ViewHost<Options>): () => void {
  let last: { readonly x: number; readonly y: number } | undefined;
  let dragging = false;
  const handlers = {
    pointerdown(event: PointerEvent) {
      if (event.button !== 0) return;
      last = { x: event.clientX, y: event.clientY };
      dragging = false;
      element.setPointerCapture(event.pointerId);
    },
    pointermove(event: PointerEvent) {
      if (!last) return host.hover(host.hitAt(event));
      const dx = event.clientX - last.x;
      const dy = event.clientY - last.y;
      if (!dragging && Math.hypot(dx, dy) < DRAG) return;
      dragging = true;
      last = { x: event.clientX, y: event.clientY };
      host.drag(dx, dy);
    },
    pointerup(event: PointerEvent) {
      if (last && !dragging) host.click(host.hitAt(event));
      last = undefined;
    },
    pointercancel() {
      last = undefined;
    },
    pointerleave() {
      host.hover(undefined);
    },
    dblclick() {
      host.reset();
    },
    wheel(event: WheelEvent) {
      event.preventDefault();
      // With shift some systems turn the wheel sideways.
      const turned = event.deltaY === 0 ? event.deltaX : event.deltaY;
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
      host.wheel(host.hitAt(event), Math.min(3, Math.max(-3, (-turned * lines) / NOTCH)));
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
