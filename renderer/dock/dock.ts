import type { DockviewApi, IDockviewPanel } from 'dockview-react';
import type { Station } from '../../core/shared/session.ts';
import type { Size } from '../gl/mark.ts';
import { useLayouts } from '../state/layouts.ts';
import { copyOptions } from '../state/panels.ts';
import { type Arrangement, tidy } from './arrangement.ts';
import { defaultArrangement } from './defaults.ts';
import { freeId, kindOf, titleOf } from './kinds.tsx';
import { sameArrangement } from './same.ts';
import { fromDockview, PANEL, toDockview } from './serialized.ts';

/** The panels of one station: what can be done with them, and their arrangement kept whenever it changes. */
export class Dock {
  readonly station: Station;
  readonly #api: DockviewApi;
  readonly #element: HTMLElement;
  readonly #leave: (() => void)[];
  /** As it was shown last: what differs from it, the user has changed. */
  #shown: Arrangement | undefined;
  #filling = false;

  constructor(api: DockviewApi, element: HTMLElement, station: Station) {
    this.station = station;
    this.#api = api;
    this.#element = element;
    const resized = new ResizeObserver(() => this.#fit());
    const changed = api.onDidLayoutChange(() => this.#changed());
    this.#leave = [() => resized.disconnect(), () => changed.dispose()];
    this.#show(useLayouts.getState().stations[station]);
    resized.observe(element);
  }

  dispose(): void {
    for (const leave of this.#leave) leave();
  }

  get panelIds(): string[] {
    return this.#api.panels.map(({ id }) => id);
  }

  get activeId(): string | undefined {
    return this.#api.activePanel?.id;
  }

  /** As it stands now; undefined when all is closed. */
  get arrangement(): Arrangement | undefined {
    return fromDockview(this.#api.toJSON());
  }

  /** One more panel of that kind, as a tab beside the one used last, or in a group. */
  add(name: string, groupId?: string): void {
    const id = freeId(name, new Set(this.panelIds));
    if (!kindOf(id)) return;
    const group = groupId === undefined ? this.#api.activeGroup : this.#api.getGroup(groupId);
    this.#api.addPanel({
      id,
      component: PANEL,
      title: titleOf(id),
      ...(group && { position: { referenceGroup: group.id } }),
    });
  }

  /** The panel of that kind comes to the front; a new one if there is none. */
  reveal(name: string): void {
    const panel = this.#api.panels.find(({ id }) => kindOf(id)?.name === name);
    if (panel) panel.api.setActive();
    else this.add(name);
  }

  /** The same view with the same options once more, beside it. */
  duplicate(panelId: string): void {
    const kind = kindOf(panelId);
    if (!kind) return;
    const id = freeId(kind.name, new Set(this.panelIds));
    copyOptions(panelId, id);
    this.#api.addPanel({
      id,
      component: PANEL,
      title: titleOf(id),
      position: { referencePanel: panelId, direction: 'right' },
    });
  }

  close(panelId: string | undefined = this.activeId): void {
    this.#panel(panelId)?.api.close();
  }

  /** The panel's group fills the dock, or all are there again. */
  toggleMaximised(panelId: string | undefined = this.activeId): void {
    const panel = this.#panel(panelId);
    if (this.#api.hasMaximizedGroup()) this.#api.exitMaximizedGroup();
    else panel?.api.maximize();
  }

  /** The next tab of the group in use. */
  step(by: 1 | -1): void {
    const group = this.#api.activeGroup;
    const at = group?.panels.findIndex(({ id }) => id === group.activePanel?.id) ?? -1;
    if (group && at >= 0) group.panels.at((at + by) % group.panels.length)?.api.setActive();
  }

  /** The next group. */
  stepGroup(by: 1 | -1): void {
    if (by > 0) this.#api.moveToNext();
    else this.#api.moveToPrevious();
  }

  /** Shows a layout instead of what is there. Undefined: the default. */
  use(arrangement: Arrangement | undefined): void {
    useLayouts.getState().keepStation(this.station, arrangement);
    this.#show(arrangement);
  }

  get #size(): Size {
    const { clientWidth, clientHeight } = this.#element;
    return { width: clientWidth || window.innerWidth, height: clientHeight || window.innerHeight };
  }

  #panel(panelId: string | undefined): IDockviewPanel | undefined {
    return panelId === undefined ? undefined : this.#api.getPanel(panelId);
  }

  #show(arrangement: Arrangement | undefined): void {
    const wanted = arrangement ?? defaultArrangement(this.station, this.#size);
    const known = tidy(wanted, (id) => kindOf(id) !== undefined);
    this.#filling = true;
    if (known) this.#api.fromJSON(toDockview(known, this.#size, titleOf));
    else this.#api.clear();
    this.#filling = false;
    this.#shown = known;
  }

  /** A default that the user has not touched suits the new size of the window. */
  #fit(): void {
    if (useLayouts.getState().stations[this.station] || this.#api.hasMaximizedGroup()) return;
    const fitting = tidy(defaultArrangement(this.station, this.#size), (id) => kindOf(id) !== undefined);
    if (!sameArrangement(fitting, this.#shown)) this.#show(undefined);
  }

  #changed(): void {
    if (!this.#filling) this.#keep();
  }

  #keep(): void {
    if (this.#api.hasMaximizedGroup()) return;
    const now = this.arrangement;
    if (sameArrangement(now, this.#shown)) return;
    this.#shown = now;
    useLayouts.getState().keepStation(this.station, now ?? { kind: 'tabs', panels: [], shown: '' });
  }
}
