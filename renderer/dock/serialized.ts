import { Orientation, type SerializedDockview } from 'dockview-react';
import type { Size } from '../gl/mark.ts';
import type { Arrangement, Split, Tabs } from './arrangement.ts';

/** What dockview puts at a node of its grid. */
type Node = SerializedDockview['grid']['root'];
type Leaf = Exclude<Node['data'], readonly Node[]>;

/** Name of the one component that dockview draws: which view it is, its id tells. */
export const PANEL = 'panel';

/** A tidy arrangement as dockview reads it, for a dock of that size. */
export function toDockview(arrangement: Arrangement, size: Size, titleOf: (panelId: string) => string) {
  const panels: Record<string, SerializedDockview['panels'][string]> = {};
  let groups = 0;

  function leaf({ panels: ids, shown }: Tabs, along: number): Node {
    for (const id of ids) panels[id] = { id, contentComponent: PANEL, title: titleOf(id) };
    groups++;
    return { type: 'leaf', size: along, data: { id: String(groups), views: [...ids], activeView: shown } };
  }

  /** `along`: pixels in the direction of the split around it. */
  function node(from: Arrangement, { width, height }: Size, along: number): Node {
    if (from.kind === 'tabs') return leaf(from, along);
    const length = from.kind === 'row' ? width : height;
    const data = from.parts.map(({ share, of }) => {
      const pixels = share * length;
      return node(of, from.kind === 'row' ? { width: pixels, height } : { width, height: pixels }, pixels);
    });
    return { type: 'branch', size: along, data };
  }

  const root: Split =
    arrangement.kind === 'tabs' ? { kind: 'row', parts: [{ share: 1, of: arrangement }] } : arrangement;
  const orientation = root.kind === 'row' ? Orientation.HORIZONTAL : Orientation.VERTICAL;
  const across = root.kind === 'row' ? size.height : size.width;
  return { grid: { root: node(root, size, across), ...size, orientation }, panels } satisfies SerializedDockview;
}

/** What dockview tells of itself as an arrangement; undefined when the dock is empty. */
export function fromDockview({ grid }: SerializedDockview): Arrangement | undefined {
  return arrangementOf(grid.root, grid.orientation === Orientation.HORIZONTAL ? 'row' : 'column');
}

function arrangementOf({ data }: Node, kind: Split['kind']): Arrangement | undefined {
  if (!Array.isArray(data)) return tabsOf(data);
  const parts = data.flatMap((part) => {
    const of = arrangementOf(part, kind === 'row' ? 'column' : 'row');
    return of ? [{ share: part.size ?? 0, of }] : [];
  });
  if (parts.length < 2) return parts[0]?.of;
  const sum = parts.reduce((total, { share }) => total + share, 0);
  const even = 1 / parts.length;
  return { kind, parts: parts.map(({ share, of }) => ({ share: sum > 0 && share > 0 ? share / sum : even, of })) };
}

function tabsOf({ views, activeView }: Leaf): Tabs | undefined {
  return views.length === 0 ? undefined : { kind: 'tabs', panels: views, shown: activeView ?? views[0]! };
}
