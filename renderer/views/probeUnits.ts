import type { UnitPlace } from '../../core/shared/api.ts';
import type { Box, PointsMark } from '../gl/mark.ts';
import { memo } from './memo.ts';
import { memoLast } from './memoLast.ts';
import { bytes, unitColor } from './palette.ts';
import { drawnPlace, placesOf } from './probeData.ts';
import type { ProbeOptions } from './probeOptions.ts';
import { pixelOf, type Scene } from './probeScene.ts';
import type { Data, Hit, ViewState } from './view.ts';

/** CSS pixels */
const REACH = 8;
/** More units than that are paler, so that the selected ones and the contacts stand out. */
const MANY = 200;

/** Where the units are: all small, the selected larger and in their colours, the first above the others. */
export function unitMarks(scene: Scene, state: ViewState, data: Data, options: ProbeOptions): PointsMark[] {
  const places = placesOf(data);
  if (!places || places.length === 0) return [];
  const { palette, unitIds } = state;
  const { box, domain } = scene;
  const view = `${options.trueGaps} ${options.solid ? `${options.turn} ${scene.wider} ${scene.middle}` : 'flat'}`;
  const at = (place: UnitPlace) => scene.at(...drawnPlace(scene.contacts, place));
  const all = memoLast(places, 'positions', view, () => Float32Array.from(places.flatMap((place) => [...at(place)])));
  const ink = memo(places, `ink ${palette.name}`, () =>
    bytes(places.length > MANY ? palette.neutral : palette.text, places.length),
  );
  const rims = memo(places, `rims ${palette.name}`, () => bytes(palette.background, places.length));
  const size = dotSize(places.length, box);
  const marks: PointsMark[] = [];
  if (options.units) {
    marks.push({ kind: 'points', box, domain, position: all, colors: rims, size: 1.5 * size });
    marks.push({ kind: 'points', box, domain, position: all, colors: ink, size });
  }
  const chosen = memoLast(places, 'chosen', [palette.name, view, ...unitIds].join(), () => {
    const placeOf = new Map(places.map((place) => [place.unitId, place]));
    const found = unitIds.flatMap((unitId, order) => {
      const place = placeOf.get(unitId);
      return place ? [{ place, color: unitColor(palette, order) }] : [];
    });
    found.reverse();
    return {
      position: Float32Array.from(found.flatMap(({ place }) => [...at(place)])),
      colors: Uint8Array.from(found.flatMap(({ color }) => [...bytes(color)])),
      rims: bytes(palette.background, found.length),
    };
  });
  if (chosen.position.length === 0) return marks;
  const { position, colors } = chosen;
  marks.push({ kind: 'points', box, domain, position, colors: chosen.rims, size: 15 });
  marks.push({ kind: 'points', box, domain, position, colors, size: 12 });
  return marks;
}

/** Smaller where there are many, so that the contacts are still seen. CSS pixels */
function dotSize(units: number, { width, height }: Box): number {
  return Math.min(4, Math.max(2.5, Math.min(0.3 * Math.sqrt(width * height), 40) / Math.sqrt(units)));
}

/** CSS pixels of a unit's place. */
export function unitPixel(scene: Scene, place: UnitPlace): { x: number; y: number } {
  return pixelOf(scene, ...drawnPlace(scene.contacts, place));
}

/** The unit within reach of the pointer; a selected one before others. */
export function unitAt(
  hit: Hit,
  scene: Scene,
  state: ViewState,
  data: Data,
  options: ProbeOptions,
): UnitPlace | undefined {
  let best: UnitPlace | undefined;
  let least = REACH;
  for (const place of placesOf(data) ?? []) {
    const selected = state.unitIds.includes(place.unitId);
    if (!options.units && !selected) continue;
    const { x, y } = unitPixel(scene, place);
    const away = Math.hypot(x - hit.x, y - hit.y) - (selected ? 2 : 0);
    if (away < least) {
      least = away;
      best = place;
    }
  }
  return best;
}
