import type { ChannelOrder } from '../shared/api.ts';
import { channelLayout } from '../shared/probe.ts';
import type { RecordingInfo } from '../shared/recording.ts';

/**
 * Channel indices from the bottom row up, probe by probe. 'depth': the deepest contact (least y) first, whichever
 * shank it is on. 'shank': shank by shank, in the order in which the channels name them, within each by depth.
 * 'number', or where there is no probe: as in the file.
 */
export function rowOrder(info: RecordingInfo, order: ChannelOrder): Int32Array {
  const channels = Int32Array.from(info.channelIds, (_, c) => c);
  const layout = info.probe && channelLayout(info.probe, channels.length);
  if (!layout || order === 'number') return channels;
  const { x, y, probe, shank } = layout;
  const names = [...new Set(shank)];
  const place = order === 'shank' ? shank.map((name) => names.indexOf(name)) : shank.map(() => 0);
  return channels.sort(
    (a, b) => probe[a]! - probe[b]! || place[a]! - place[b]! || y[a]! - y[b]! || x[a]! - x[b]! || a - b,
  );
}
