import type { ChannelLayout } from '../../core/shared/probe.ts';
import { memo } from './memo.ts';

/** Contacts as they are drawn: of one size; shanks close together, probes that would lie over each other side by side. */
export interface Contacts {
  /** µm, middles; [channels] */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** µm a contact is drawn wide and high: what fits between neighbours. */
  readonly width: number;
  readonly height: number;
  /** µm each is drawn further right than it is. [channels] */
  readonly shift: Float64Array;
  /** Some are. */
  readonly shifted: boolean;
  /** µm: least and largest of both, contacts included. */
  readonly extent: readonly [x0: number, y0: number, x1: number, y1: number];
}

export function contactsOf(layout: ChannelLayout, trueGaps: boolean): Contacts {
  return memo(layout, `contacts ${trueGaps}`, () => {
    const { width, height } = contactSize(layout);
    const shift = shifts(layout, 2.5 * width, trueGaps);
    const x = layout.x.map((v, channel) => v + shift[channel]!);
    const [x0, x1] = range(x);
    const [y0, y1] = range(layout.y);
    const [w, h] = [0.7 * width, 0.7 * height];
    const extent = [x0 - w, y0 - h, x1 + w, y1 + h] as const;
    return { x, y: layout.y, width, height, shift, shifted: shift.some((by) => by !== 0), extent };
  });
}

function contactSize({ x, y, probe, shank }: ChannelLayout): { width: number; height: number } {
  const beside = (i: number, j: number) => probe[i] === probe[j] && shank[i] === shank[j];
  const up = least(y, beside);
  const across = least(x, (i, j) => beside(i, j) && Math.abs(y[i]! - y[j]!) < 0.1) ?? up ?? 20;
  const width = 0.7 * Math.min(across, 3 * (up ?? across));
  const height = 0.7 * (least(y, (i, j) => beside(i, j) && Math.abs(x[i]! - x[j]!) < width) ?? across);
  return { width, height };
}

/** The least difference of two values that are not the same, among the pairs that count. */
function least(values: Float64Array, counts: (i: number, j: number) => boolean): number | undefined {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++)
    for (let j = i + 1; j < values.length; j++) {
      const d = Math.abs(values[i]! - values[j]!);
      if (d > 0.1 && d < smallest && counts(i, j)) smallest = d;
    }
  return Number.isFinite(smallest) ? smallest : undefined;
}

/**
 * µm to the right for each channel, shank by shank from the left: none lies over one before it (files give each probe
 * its own origin), and gaps of more than twice a shank's own width are closed. [channels]
 */
function shifts(layout: ChannelLayout, gap: number, trueGaps: boolean): Float64Array {
  const out = new Float64Array(layout.x.length);
  const groups = [...shanksOf(layout).values()].map((channels) => {
    const [left, right] = range(Float64Array.from(channels, (channel) => layout.x[channel]!));
    return { channels, left, right, probe: layout.probe[channels[0]!]! };
  });
  groups.sort((a, b) => a.probe - b.probe || a.left - b.left);
  const widest = Math.max(...groups.map(({ left, right }) => right - left)) + gap;
  let before: { readonly right: number; readonly end: number; readonly probe: number } | undefined;
  for (const { channels, left, right, probe } of groups) {
    let start = left;
    if (before) {
      const sameProbe = before.probe === probe;
      const away = left - before.right;
      if (sameProbe ? away > 2 * widest && !trueGaps : away > 2 * widest || away < gap) start = before.end + gap;
      else start = before.end + away;
    }
    for (const channel of channels) out[channel] = start - left;
    before = { right, end: start + right - left, probe };
  }
  return out;
}

function range(values: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of values) {
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return [low, high];
}

export interface Prong {
  readonly probe: number;
  readonly shank: string;
  /** µm: middle, and the upper edge of its highest contact, as drawn. */
  readonly x: number;
  readonly top: number;
}

/** Shanks of all probes. */
export function prongsOf(layout: ChannelLayout, contacts: Contacts): readonly Prong[] {
  return memo(contacts, 'prongs', () =>
    [...shanksOf(layout).values()].map((channels): Prong => {
      const [left, right] = range(Float64Array.from(channels, (channel) => contacts.x[channel]!));
      const [, top] = range(Float64Array.from(channels, (channel) => contacts.y[channel]!));
      return {
        probe: layout.probe[channels[0]!] ?? 0,
        shank: layout.shank[channels[0]!] ?? '',
        x: (left + right) / 2,
        top: top + contacts.height / 2,
      };
    }),
  );
}

/** Channels of each shank of each probe. */
function shanksOf(layout: ChannelLayout): ReadonlyMap<string, readonly number[]> {
  return memo(layout, 'shanks', () => {
    const channelsOf = new Map<string, number[]>();
    layout.x.forEach((_, channel) => {
      const key = `${layout.probe[channel]} ${layout.shank[channel]}`;
      const same = channelsOf.get(key);
      if (same) same.push(channel);
      else channelsOf.set(key, [channel]);
    });
    return channelsOf;
  });
}

export function shankCount(layout: ChannelLayout): number {
  return shanksOf(layout).size;
}
