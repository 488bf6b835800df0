import type { ChannelLayout } from '../../core/shared/probe.ts';

/** Where each channel's waveforms are drawn: middles of cells, and the size of all cells, in the same units. */
export interface Cells {
  readonly x: ReadonlyMap<number, number>;
  readonly y: ReadonlyMap<number, number>;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Channels as on the probe, with its large gaps closed: neighbours are one or two steps apart, so the channels of
 * units that lie far apart on a long probe are still large enough to see.
 */
export function probeCells(channels: readonly number[], layout: ChannelLayout | undefined): Cells {
  const xOf = (channel: number) => layout?.x[channel] ?? 0;
  const yOf = (channel: number) => layout?.y[channel] ?? -channel;
  const xs = steps(channels.map(xOf));
  const ys = steps(channels.map(yOf));
  const x = new Map(channels.map((channel) => [channel, xs.get(xOf(channel)) ?? 0]));
  const y = new Map(channels.map((channel) => [channel, ys.get(yOf(channel)) ?? 0]));
  const width = Math.max(0, ...xs.values());
  const height = Math.max(0, ...ys.values());
  let cellWidth = width + 1;
  for (const a of channels)
    for (const b of channels) {
      const dx = x.get(a)! - x.get(b)!;
      if (dx > 0 && Math.abs(y.get(a)! - y.get(b)!) < 0.5) cellWidth = Math.min(cellWidth, dx);
    }
  if (cellWidth > width) cellWidth = Math.max(1, width);
  let cellHeight = height + 1;
  for (const a of channels)
    for (const b of channels) {
      const dy = y.get(a)! - y.get(b)!;
      if (dy > 0 && Math.abs(x.get(a)! - x.get(b)!) < 0.9 * cellWidth) cellHeight = Math.min(cellHeight, dy);
    }
  return { x, y, cellWidth, cellHeight, width, height };
}

/** Each value by its place in line: 0 the least, then 1 to 2 steps further each, by how far apart they are. */
function steps(values: readonly number[]): Map<number, number> {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) least = Math.min(least, sorted[i]! - sorted[i - 1]!);
  const out = new Map<number, number>();
  let at = 0;
  sorted.forEach((value, i) => {
    if (i > 0) at += Math.min(2, Math.max(1, (value - sorted[i - 1]!) / least));
    out.set(value, at);
  });
  return out;
}
