import type { ChannelLayout } from '../shared/probe.ts';

/** SpikeInterface's names. */
export interface SparsityParams {
  readonly method: 'radius';
  readonly radius_um: number;
}

/** Channels within `radiusUm` (included) of each unit's main channel, ascending. */
export function channelsWithin(layout: ChannelLayout, mainChannels: Int32Array, radiusUm: number): Int32Array[] {
  const { x, y } = layout;
  const near = new Map<number, Int32Array>();
  return Array.from(mainChannels, (main) => {
    const known = near.get(main);
    if (known) return known;
    const channels = Int32Array.from(
      Array.from(x.keys()).filter((c) => Math.sqrt((x[c]! - x[main]!) ** 2 + (y[c]! - y[main]!) ** 2) <= radiusUm),
    );
    near.set(main, channels);
    return channels;
  });
}

/** SpikeInterface's sparsity mask: [units][channels], 1 for kept. */
export function sparsityMask(channelsOf: readonly Int32Array[], channels: number): Uint8Array {
  const mask = new Uint8Array(channelsOf.length * channels);
  channelsOf.forEach((kept, unit) => {
    for (const channel of kept) mask[unit * channels + channel] = 1;
  });
  return mask;
}

export function channelsOfMask(mask: ArrayLike<number>, units: number, channels: number): Int32Array[] {
  return Array.from({ length: units }, (_, unit) => {
    const kept: number[] = [];
    for (let c = 0; c < channels; c++) if (mask[unit * channels + c]) kept.push(c);
    return Int32Array.from(kept);
  });
}
