import { create } from 'zustand';
import type { Station } from '../../core/shared/session.ts';
import type { Arrangement } from '../dock/arrangement.ts';
import type { PanelValue } from './panels.ts';

/** Lasting options of panels, by panel id. */
export type PanelValues = Readonly<Record<string, PanelValue>>;

/** A layout that the user gave a name. */
export interface NamedLayout {
  readonly name: string;
  readonly station: Station;
  readonly arrangement: Arrangement;
  readonly panels: PanelValues;
}

type Stations = Readonly<Partial<Record<Station, Arrangement>>>;

interface Layouts {
  /** What was kept is known: panels may be shown. */
  readonly ready: boolean;
  /** How each station is arranged; not named: as by default. */
  readonly stations: Stations;
  readonly named: readonly NamedLayout[];
  /** Undefined: the default again. */
  keepStation(station: Station, arrangement: Arrangement | undefined): void;
  /** Replaces the one of that name and station. */
  saveAs(layout: NamedLayout): void;
  remove(station: Station, name: string): void;
}

export const useLayouts = create<Layouts>()((set) => ({
  ready: false,
  stations: {},
  named: [],
  keepStation: (station, arrangement) =>
    set(({ stations }) => ({ stations: withStation(stations, station, arrangement) })),
  saveAs: (layout) =>
    set(({ named }) => ({
      named: [...named.filter((one) => !isNamed(one, layout.station, layout.name)), layout].sort((a, b) =>
        a.name.localeCompare(b.name, 'en'),
      ),
    })),
  remove: (station, name) => set(({ named }) => ({ named: named.filter((one) => !isNamed(one, station, name)) })),
}));

function isNamed(layout: NamedLayout, station: Station, name: string): boolean {
  return layout.station === station && layout.name === name;
}

function withStation(stations: Stations, station: Station, arrangement: Arrangement | undefined): Stations {
  const { [station]: _, ...others } = stations;
  return arrangement ? { ...others, [station]: arrangement } : others;
}
