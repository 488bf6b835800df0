import type { ChannelLayout } from '../../core/shared/probe.ts';
import { memo } from './memo.ts';

/** Contacts as they are drawn: of one size, probes that would lie over each other side by side. */
export interface Contacts {
  /** µm, middles; [channels] */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** µm a contact is drawn wide and high: what fits between neighbours. */
  readonly width: number;
  readonly height: number;
  /** µm each probe is drawn further right than it is. */
  readonly shift: readonly number[];
  /** Some probe is. */
  readonly shifted: boolean;
  /** µm: least and largest of both, contacts included. */
  readonly extent: readonly [x0: number, y0: number, x1: number, y1: number];
}

export function contactsOf(layout: ChannelLayout): Contacts {
  return memo(layout, 'contacts', () => {
    const { width, height } = contactSize(layout);
    const shift = shifts(layout, 3 * width);
    const x = layout.x.map((v, channel) => v + (shift[layout.probe[channel]!] ?? 0));
    const [x0, x1] = range(x);
    const [y0, y1] = range(layout.y);
    const [w, h] = [0.7 * width, 0.7 * height];
    const extent = [x0 - w, y0 - h, x1 + w, y1 + h] as const;
    return { x, y: layout.y, width, height, shift, shifted: shift.some((by) => by !== 0), extent };
  });
}

function contactSize({ x, y }: ChannelLayout): { width: number; height: number } {
  const up = least(y, () => true);
  const across = least(x, (i, j) => Math.abs(y[i]! - y[j]!) < 0.1) ?? up ?? 20;
  const width = 0.7 * Math.min(across, 3 * (up ?? across));
  const height = 0.7 * (least(y, (i, j) => Math.abs(x[i]! - x[j]!) < width) ?? across);
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

/** µm to the right for each probe, so that none lies over one before it. Files give each probe its own origin. */
function shifts({ x, probe }: ChannelLayout, gap: number): number[] {
  const out: number[] = [];
  const rights: number[] = [];
  const last = probe.reduce((most, p) => Math.max(most, p), 0);
  for (let p = 0; p <= last; p++) {
    const [left, right] = range(x.filter((_, channel) => probe[channel] === p));
    if (left > right) {
      out.push(0); // no channel of this probe was recorded
      continue;
    }
    const before = Math.max(Number.NEGATIVE_INFINITY, ...rights);
    const by = left < before + gap && rights.length > 0 ? before + gap - left : 0;
    out.push(by);
    rights.push(right + by);
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
export function prongsOf(layout: ChannelLayout): readonly Prong[] {
  return memo(layout, 'prongs', () => {
    const contacts = contactsOf(layout);
    const channelsOf = new Map<string, number[]>();
    layout.x.forEach((_, channel) => {
      const key = `${layout.probe[channel]} ${layout.shank[channel]}`;
      const same = channelsOf.get(key);
      if (same) same.push(channel);
      else channelsOf.set(key, [channel]);
    });
    return [...channelsOf.values()].map((channels): Prong => {
      const [left, right] = range(Float64Array.from(channels, (channel) => contacts.x[channel]!));
      const [, top] = range(Float64Array.from(channels, (channel) => contacts.y[channel]!));
      return {
        probe: layout.probe[channels[0]!] ?? 0,
        shank: layout.shank[channels[0]!] ?? '',
        x: (left + right) / 2,
        top: top + contacts.height / 2,
      };
    });
  });
}
