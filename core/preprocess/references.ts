import { UserError } from '../shared/errors.ts';
import type { ChannelId } from '../shared/recording.ts';

/** From the channels `of`, what the channels `from` say together is subtracted. Channel indices. */
export interface Reference {
  readonly of: Int32Array;
  readonly from: Int32Array;
}

type Ids = readonly ChannelId[];
type RefIds = 'out_of_group' | ChannelId | readonly (ChannelId | Ids)[] | null;

/** References of the kinds "global" and "single", in SpikeInterface's reading of `groups` and `ref_channel_ids`. */
export function globalReferences(
  ids: Ids,
  kind: 'global' | 'single',
  groups: readonly Ids[] | null,
  refs: RefIds,
): Reference[] {
  const all = Int32Array.from(ids, (_, i) => i);
  const sets = referenceSets(ids, kind, groups, refs);
  if (!groups) return [{ of: all, from: sets ? indices(ids, sets[0]!) : all }];
  return groups.map((group, i) => {
    const of = indices(ids, group);
    return { of, from: sets ? indices(ids, sets[i]!) : of };
  });
}

/** One set of reference ids a group (without groups: one); undefined where each group is its own reference. */
function referenceSets(
  ids: Ids,
  kind: 'global' | 'single',
  groups: readonly Ids[] | null,
  refs: RefIds,
): Ids[] | undefined {
  if (refs === null) {
    if (kind === 'single') throw wrong('"single" needs the channel to subtract', 'Name it in ref_channel_ids.');
    return undefined;
  }
  if (refs === 'out_of_group') {
    if (!groups)
      throw wrong('ref_channel_ids "out_of_group" needs groups', 'List the channels of each group in groups.');
    return groups.map((group) => {
      const inside = new Set(indices(ids, group));
      return ids.filter((_, channel) => !inside.has(channel));
    });
  }
  const list: readonly (ChannelId | Ids)[] = typeof refs === 'object' ? refs : [refs];
  const sets = kind === 'single' || groups ? list.map(asList) : [list.flatMap(asList)];
  const wanted = groups?.length ?? 1;
  if (sets.length !== wanted || sets.some((set) => set.length === 0 || (kind === 'single' && set.length > 1)))
    throw wrong(
      `ref_channel_ids does not fit "${kind}"${groups ? ` with ${wanted} groups` : ''}`,
      groups
        ? `Give ${kind === 'single' ? 'one channel' : 'a list of channels'} for each group.`
        : `Give ${kind === 'single' ? 'one channel' : 'a list of channels'}.`,
    );
  return sets;
}

/**
 * A reference a channel: the channels in a ring around it, (inner, outer] µm; where they are fewer than `least`, the
 * `least` nearest ones beyond the inner edge. A channel with none there has no reference.
 * distances: [channels][channels].
 */
export function localReferences(
  distances: Float64Array,
  channels: number,
  [inner, outer]: readonly [number, number],
  least: number,
): Reference[] {
  return Array.from({ length: channels }, (_, c): Reference => {
    const to = distances.subarray(c * channels, (c + 1) * channels);
    const beyond = Array.from(to.keys()).filter((other) => to[other]! > inner);
    beyond.sort((a, b) => to[a]! - to[b]! || a - b);
    const ring = beyond.filter((other) => to[other]! <= outer);
    const from = ring.length >= least ? ring : beyond.slice(0, least);
    return { of: Int32Array.of(c), from: Int32Array.from(from) };
  });
}

/** Index of each id; the id "3" may be written 3 and the other way round. */
function indices(ids: Ids, wanted: Ids): Int32Array {
  return Int32Array.from(wanted, (id) => {
    const exact = ids.indexOf(id);
    const index = exact >= 0 ? exact : ids.findIndex((known) => String(known) === String(id));
    if (index < 0) throw wrong(`there is no channel "${id}"`, `Channels are ${ids.slice(0, 8).join(', ')} …`);
    return index;
  });
}

function asList(value: ChannelId | Ids): Ids {
  return typeof value === 'object' ? value : [value];
}

function wrong(message: string, hint: string): UserError {
  return new UserError(`step "common_reference": ${message}`, { hint });
}
