import type { TracesArgs, TraceTile } from '../../core/shared/api.ts';
import { memo } from './memo.ts';
import { unitColor } from './palette.ts';
import { answer, type Data, type ViewState } from './view.ts';

/** What is coloured of a trace around a spike, s. */
const BEFORE_S = 0.0007;
const AFTER_S = 0.0013;
/** … and at least so wide, CSS pixels, or it could not be seen zoomed out. */
const LEAST_PX = 3;

export interface Pieces {
  readonly pieces: Float32Array;
  readonly colors: Uint8Array;
}

/**
 * The pieces of a tile's traces that belong to spikes of selected units: on their units' channels, in their colours.
 * `pixels`: CSS pixels the tile is wide.
 */
export function spikePieces(
  tile: TraceTile,
  args: TracesArgs,
  state: ViewState,
  data: Data,
  rate: number,
  pixels: number,
): Pieces | undefined {
  const spikes = answer(data, 'spikes', 'spikes');
  const places = answer(data, 'places', 'places');
  if (!spikes || !places || spikes.args.segment !== args.segment) return undefined;
  const frames = args.endFrame - args.startFrame;
  const least = Math.round((LEAST_PX / 2 / pixels) * frames);
  const before = Math.max(BEFORE_S * rate, least);
  const after = Math.max(AFTER_S * rate, least);
  const orders = spikes.args.unitIds.map((unitId) => state.unitIds.indexOf(unitId));
  const key = [
    'spikes',
    tile.firstRow,
    args.startFrame,
    args.endFrame,
    before,
    after,
    state.palette.name,
    ...orders,
  ].join();
  return memo(spikes.result, key, () => {
    const rowsOfUnit = spikes.args.unitIds.map((unitId) => {
      const channels = new Set(places.result.find((place) => place.unitId === unitId)?.channels);
      return [...tile.channels.keys()].filter((row) => channels.has(tile.channels[row]!));
    });
    const pieces: number[] = [];
    const colors: number[] = [];
    spikes.result.sampleIndex.forEach((frame, i) => {
      const unit = spikes.result.unit[i]!;
      const order = orders[unit]!;
      const from = (frame - before - args.startFrame) / frames;
      const to = (frame + after - args.startFrame) / frames;
      if (order < 0 || to < 0 || from > 1) return;
      const color = unitColor(state.palette, order);
      for (const row of rowsOfUnit[unit]!) {
        pieces.push(Math.max(0, from), Math.min(1, to), row);
        colors.push(255 * color[0], 255 * color[1], 255 * color[2], 255);
      }
    });
    return { pieces: Float32Array.from(pieces), colors: Uint8Array.from(colors) };
  });
}
