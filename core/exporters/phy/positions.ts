import type { ChannelLayout } from '../../shared/probe.ts';

/** Channels as phy has them. */
export interface PhyChannels {
  /** [channels][x, y], µm, no two equal */
  readonly positions: Float32Array;
  readonly shanks: Int32Array;
  readonly probes: Int32Array;
  /** Channels that had to be moved to be told apart. */
  readonly moved: number;
}

/** µm: less than contacts are apart, more than float32 loses. */
const NUDGE = 1;

/** phy replaces all positions by a line when two are equal: so equal ones are moved apart sideways, micrometre by micrometre. */
export function phyChannels({ x, y, probe, shank }: ChannelLayout): PhyChannels {
  const channels = x.length;
  const positions = new Float32Array(2 * channels);
  const taken = new Set<string>();
  let moved = 0;
  for (let c = 0; c < channels; c++) {
    const at = new Float32Array([x[c]!, y[c]!]);
    if (taken.has(at.join())) moved++;
    while (taken.has(at.join())) at[0]! += NUDGE;
    taken.add(at.join());
    positions.set(at, 2 * c);
  }
  return { positions, shanks: shankNumbers(probe, shank), probes: probe.slice(), moved };
}

/** Shank ids that are small whole numbers on one probe stay; else shanks are numbered in the order they come. */
function shankNumbers(probe: Int32Array, shank: readonly string[]): Int32Array {
  if (new Set(probe).size <= 1 && shank.every((id) => /^\d{1,6}$/.test(id))) return Int32Array.from(shank, Number);
  const seen = new Map<string, number>();
  return Int32Array.from(shank, (id, c) => {
    const key = `${probe[c]} ${id}`;
    if (!seen.has(key)) seen.set(key, seen.size);
    return seen.get(key)!;
  });
}
