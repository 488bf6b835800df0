import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Services } from '../actions/services.ts';
import { Asker } from '../data/query.ts';
import type { Mark, Size } from '../gl/mark.ts';
import type { PanelHandle } from '../gl/surface.ts';
import { useChain } from '../state/chain.ts';
import { useFocus, usePointed } from '../state/focus.ts';
import { useLayout } from '../state/layout.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import type { Choice, Data, Hit, Picked, TimeWindow, View, ViewState } from '../views/view.ts';
import { drawEchoes, drawLasso } from './echoes.ts';
import { addHost, type Host, markUsed } from './hosts.ts';
import { listenPointer } from './pointer.ts';
import { viewState } from './viewState.ts';

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

/** The places on the page that belong to a view. */
export interface ViewElements {
  /** Where the picture is. */
  readonly picture: HTMLElement;
  readonly labels: HTMLElement;
  /** Where is shown what is pointed at in other views. */
  readonly echoes: HTMLElement;
}

/** Gives a view its state and data, draws it where and when it has to be drawn, and hands it the pointer. */
export class ViewHost<Options> implements Host {
  readonly panelId: string;
  readonly status = createStore<ViewStatus>()(() => ({
    summary: '',
    empty: undefined,
    reading: undefined,
    waiting: false,
    error: undefined,
  }));
  readonly element: HTMLElement;
  readonly handle: PanelHandle;
  readonly #view: View<Options>;
  readonly #options: StoreApi<Options>;
  readonly #echoes: HTMLElement;
  readonly #asker: Asker;
  readonly #leave: (() => void)[];
  #size: Size = { width: 0, height: 0 };
  /** The last picture that was drawn for its own state, and how large. */
  #picture: { readonly marks: readonly Mark[]; readonly size: Size } | undefined;

  constructor(
    view: View<Options>,
    panelId: string,
    options: StoreApi<Options>,
    services: Services,
    { picture, labels, echoes }: ViewElements,
  ) {
    this.panelId = panelId;
    this.element = picture;
    this.#view = view;
    this.#options = options;
    this.#echoes = echoes;
    this.#asker = new Asker(services.client, services.cache, () => this.#changed());
    this.handle = services.surface.add({ element: picture, labels, draw: (size) => this.#draw(size) });
    const changed = () => this.#changed();
    this.#leave = [
      useSession.subscribe(changed),
      useLayout.subscribe((now, before) => {
        if (now.theme !== before.theme) changed();
      }),
      options.subscribe(changed),
      useSelection.subscribe((now, before) => {
        if (now.unitIds !== before.unitIds || now.order !== before.order) changed();
      }),
      useFocus.subscribe((now, before) => {
        if (now.picks !== before.picks) this.#follow();
        if (now.focus !== before.focus || (now.window !== before.window && view.marksWindow)) changed();
      }),
      ...(view.showsChain ? [useChain.subscribe(changed)] : []),
      usePointed.subscribe(() => this.#echo()),
      listenPointer(picture, this),
      addHost(this),
    ];
  }

  dispose(): void {
    for (const leave of this.#leave) leave();
    this.#asker.dispose();
    this.handle.remove();
    if (this.#view.window) useFocus.getState().setWindow(undefined);
    if (usePointed.getState().from === this.panelId) usePointed.setState({ pointed: undefined, from: undefined });
  }

  get view(): string {
    return this.#view.name;
  }

  get summary(): string {
    return this.status.getState().summary;
  }

  get waiting(): boolean {
    return this.status.getState().waiting;
  }

  get window(): TimeWindow | undefined {
    const state = viewState();
    return state && this.#view.window?.(state, this.#options.getState());
  }

  get hasLasso(): boolean {
    return this.#view.lasso !== undefined;
  }

  /** What there is to choose for params whose values depend on the session. */
  choices(options: Options): Readonly<Record<string, readonly Choice[]>> {
    const state = viewState();
    return (state && this.#view.choices?.(state, options, this.#data)) ?? {};
  }

  /** Name and value of what the picture is made of. */
  explain(): readonly (readonly [string, string])[] {
    const state = viewState();
    return state ? this.#view.explain(state, this.#data, this.#options.getState()) : [];
  }

  /** What is drawn, as rows; undefined where the view has no table. */
  table(): readonly (readonly (string | number)[])[] | undefined {
    const state = viewState();
    return state && this.#view.table?.(state, this.#data, this.#options.getState());
  }

  run(commandId: string): void {
    const command = this.#view.commands?.find(({ id }) => id === commandId);
    if (command) this.#change((options, state) => command.run(options, state, this.#size));
  }

  touched(): void {
    markUsed(this);
  }

  hover(hit: Hit | undefined): void {
    const state = viewState();
    const options = this.#options.getState();
    const reading = hit && state && this.#view.read?.(hit, state, this.#data, options, this.#size);
    if (reading !== this.status.getState().reading) this.status.setState({ reading });
    const pointed = hit && state && this.#view.point?.(hit, state, this.#data, options, this.#size);
    if (pointed) usePointed.setState({ pointed, from: this.panelId });
    else if (usePointed.getState().from === this.panelId) usePointed.setState({ pointed: undefined, from: undefined });
  }

  click(hit: Hit): void {
    const state = viewState();
    take(state && this.#view.pick?.(hit, state, this.#data, this.#options.getState(), this.#size));
  }

  drag(dx: number, dy: number): void {
    const { drag } = this.#view;
    if (drag) this.#change((options, state) => drag({ dx, dy }, state, options, this.#size, this.#data));
  }

  lasso(line: readonly { readonly x: number; readonly y: number }[], done: boolean): void {
    drawLasso(this.#echoes, done ? [] : line);
    const state = viewState();
    if (done && line.length > 2 && state)
      take(this.#view.lasso?.(line, state, this.#data, this.#options.getState(), this.#size));
  }

  wheel(hit: Hit, turn: number): void {
    const { wheel } = this.#view;
    if (wheel) this.#change((options, state) => wheel(hit, turn, state, options, this.#size, this.#data));
  }

  reset(): void {
    const { reset } = this.#view;
    if (reset) this.#change(reset);
  }

  get #data(): Data {
    return this.#asker.answers;
  }

  #change(make: (options: Options, state: ViewState) => Options): void {
    const state = viewState();
    if (state) this.#options.setState((options) => make(options, state), true);
  }

  #changed(): void {
    this.handle.redraw();
  }

  #follow(): void {
    const { follow } = this.#view;
    if (follow) this.#change((options, state) => follow(useFocus.getState().focus, state, options, this.#data));
  }

  #echo(): void {
    const { pointed, from } = usePointed.getState();
    const state = viewState();
    const elsewhere = pointed && from !== this.panelId && state;
    const echoes = elsewhere && this.#view.echo?.(pointed, state, this.#data, this.#options.getState(), this.#size);
    drawEchoes(this.#echoes, echoes || []);
  }

  #draw(size: Size): readonly Mark[] {
    this.#size = size;
    const state = viewState();
    if (!state) return [];
    const view = this.#view;
    const before = this.#options.getState();
    this.#asker.update(view.query(state, before, size));
    const data = this.#data;
    const options = view.settle?.(state, data, before) ?? before;
    if (options !== before) this.#options.setState(options, true);
    if (view.window) useFocus.getState().setWindow(view.window(state, options));
    const { waiting, error } = this.#asker;
    const empty = view.empty(state, options, data);
    this.#tell({ summary: view.summary(state, data, options), empty, waiting, error });
    const old = waiting && view.keeps?.(state, data, options) ? this.#picture : undefined;
    if (old?.size.width === size.width && old.size.height === size.height) return old.marks;
    const marks = view.draw(state, data, options, size);
    this.#picture = { marks, size };
    return marks;
  }

  #tell(status: Omit<ViewStatus, 'reading'>): void {
    const now = this.status.getState();
    const { summary, empty, waiting, error } = status;
    if (now.summary !== summary || now.empty !== empty || now.waiting !== waiting || now.error !== error)
      this.status.setState(status);
  }
}

/** What was picked in a view is selected, or shown by all. */
function take(picked: Picked | undefined): void {
  if (!picked) return;
  const selection = useSelection.getState();
  if (picked.kind === 'focus') useFocus.getState().pick(picked.focus);
  else if (picked.kind === 'select') {
    if (picked.add) selection.toggle(picked.unitId);
    else selection.select([picked.unitId]);
  } else selection.select(picked.add ? [...new Set([...selection.unitIds, ...picked.unitIds])] : picked.unitIds);
}
