import { UserError } from '../../shared/errors.ts';
import { channelLayout } from '../../shared/probe.ts';
import type { RecordingInfo } from '../../shared/recording.ts';

/** Where the channels are, as plain data for the workers. µm; different probes are never near each other. */
export interface Geometry {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly probe: Int32Array;
}

/** Without a probe a few channels are taken for one tetrode: all near each other. */
const FEW = 8;

export function geometryOf(info: RecordingInfo): Geometry {
  const channels = info.channelIds.length;
  const layout = info.probe && channelLayout(info.probe, channels);
  if (layout) return { x: layout.x, y: layout.y, probe: layout.probe };
  if (channels > FEW)
    throw new UserError(`the sorter needs to know where the ${channels} channels are`, {
      hint: 'Choose a probe at the Probe station.',
    });
  const none = () => new Float64Array(channels);
  return { x: none(), y: none(), probe: new Int32Array(channels) };
}

function distanceUm(geometry: Geometry, a: number, b: number): number {
  if (geometry.probe[a] !== geometry.probe[b]) return Number.POSITIVE_INFINITY;
  return Math.hypot(geometry.x[a]! - geometry.x[b]!, geometry.y[a]! - geometry.y[b]!);
}

/** Channels within `radiusUm` of each channel, itself first, then by distance (by number where equal). */
export function neighbours(geometry: Geometry, radiusUm: number): Int32Array[] {
  const channels = geometry.x.length;
  return Array.from({ length: channels }, (_, c) => {
    const near = Array.from({ length: channels }, (__, k) => k).filter((k) => distanceUm(geometry, c, k) <= radiusUm);
    near.sort(
      (a, b) => Number(b === c) - Number(a === c) || distanceUm(geometry, c, a) - distanceUm(geometry, c, b) || a - b,
    );
    return Int32Array.from(near);
  });
}
