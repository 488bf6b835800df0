import type { UnitId } from '../../core/shared/sorting.ts';
import { insidePolygon } from './polygon.ts';
import { placesOf } from './probeData.ts';
import { cornersOf, domainAt, type Scene } from './probeScene.ts';
import { unitPixel } from './probeUnits.ts';
import type { Data, ViewState } from './view.ts';

/** The channel of the contact under the pointer. */
export function contactAt({ x, y }: { readonly x: number; readonly y: number }, scene: Scene): number | undefined {
  const { box, contacts } = scene;
  if (x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height) return undefined;
  const [u, v] = domainAt(scene, x, y);
  for (let channel = 0; channel < contacts.x.length; channel++) {
    const corners = cornersOf(scene, channel).map(([cx, cy]) => ({ x: cx, y: cy }));
    if (insidePolygon({ x: u, y: v }, corners)) return channel;
  }
  return undefined;
}

/** Units inside a line drawn around them, as the table has them in order. */
export function unitsInside(
  line: readonly { readonly x: number; readonly y: number }[],
  scene: Scene,
  state: ViewState,
  data: Data,
): readonly UnitId[] {
  const found = (placesOf(data) ?? []).filter((place) => insidePolygon(unitPixel(scene, place), line));
  const row = new Map(state.order.map((unitId, i) => [unitId, i]));
  const last = state.order.length;
  return found.map(({ unitId }) => unitId).sort((a, b) => (row.get(a) ?? last) - (row.get(b) ?? last));
}
