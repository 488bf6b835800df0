import type { ChannelLayout } from '../shared/probe.ts';
import type { Contents } from './contents.ts';

/** Why channels are kept, in words; where it is a radius, how large. */
export interface SparsityRule {
  readonly rule: string;
  readonly radiusUm?: number;
}

const TOLD = 'told from the channels it keeps: the folder does not name the rule';

const known = new WeakMap<Contents, SparsityRule>();

/** The rule by which an analyzer's channels were kept. SpikeInterface saves them, but not the rule: it is told from them. */
export function sparsityRule(contents: Contents): SparsityRule {
  const rule = known.get(contents) ?? worked(contents);
  known.set(contents, rule);
  return rule;
}

function worked({ sparse, layout, channelsOf, mainChannels, info, radiusUm: saved }: Contents): SparsityRule {
  if (!sparse) return { rule: 'all channels: this analyzer was made without sparsity' };
  if (saved !== undefined) return withinRadius(saved);
  if (layout) {
    const [kept, left] = farthestKept(layout, channelsOf, mainChannels);
    if (kept < left) {
      const radiusUm = Number.isFinite(left) ? roundest(kept, left) : Math.ceil(kept);
      return {
        rule: `radius: within ${radiusUm} µm of the main channel, where the template is largest (${TOLD})`,
        radiusUm,
      };
    }
  }
  const [count = 0] = channelsOf.map((channels) => channels.length);
  if (count < info.channelIds.length && channelsOf.every((channels) => channels.length === count))
    return { rule: `best channels: the ${count} where the template is largest (${TOLD})` };
  return { rule: `as saved in sparsity_mask.npy: by signal, not by distance (${TOLD})` };
}

function withinRadius(radiusUm: number, how = ''): SparsityRule {
  return { rule: `radius: within ${radiusUm} µm of the main channel, where the template is largest${how}`, radiusUm };
}

/** The greatest distance from its main channel of a channel that any unit keeps, and the least of one that any does not. */
function farthestKept(
  { x, y, probe }: ChannelLayout,
  channelsOf: readonly Int32Array[],
  mainChannels: Int32Array,
): [kept: number, left: number] {
  let [kept, left] = [0, Number.POSITIVE_INFINITY];
  for (const [unit, channels] of channelsOf.entries()) {
    const main = mainChannels[unit]!;
    const keeps = new Set(channels);
    for (let c = 0; c < x.length; c++) {
      if (probe[c] !== probe[main] && !keeps.has(c)) continue; // another probe is never near
      const distance = Math.hypot(x[c]! - x[main]!, y[c]! - y[main]!);
      if (keeps.has(c)) kept = Math.max(kept, distance);
      else left = Math.min(left, distance);
    }
  }
  return [kept, left];
}

/** The roundest number r with from ≤ r < to: any of them is the rule, people choose round ones. */
function roundest(from: number, to: number): number {
  for (const step of [100, 50, 20, 10, 5, 2, 1]) {
    const r = Math.ceil(from / step) * step;
    if (r > 0 && r < to) return r;
  }
  return from;
}
