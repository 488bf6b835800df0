import { selectChannels } from './channelSelection.ts';
import { UserError } from './errors.ts';
import { canonical, type Json } from './json.ts';
import type { Probe, ProbeGroup } from './probe.ts';
import type { Property, RecordingInfo } from './recording.ts';

/** Recordings of the same time side by side, as one. */
export interface Aggregate {
  readonly info: RecordingInfo;
  /** By part: the column of the whole of each of its channels. */
  readonly columns: readonly Int32Array[];
}

/**
 * As SpikeInterface's aggregate_channels: the channels of `parts` one after the other; those of `whole`, where all are
 * channels of it, in its order and with its probe. `keys` become the property aggregation_key. `what` is named in errors.
 */
export function aggregateChannels(
  what: string,
  parts: readonly RecordingInfo[],
  keys: readonly (string | number | boolean)[],
  whole?: RecordingInfo,
): Aggregate {
  const [first] = parts;
  if (!first) throw new UserError(`${what}: there are no channels`);
  for (const part of parts) check(what, first, part);
  const given = parts.flatMap(({ channelIds }) => channelIds);
  const inWhole = new Map(whole?.channelIds.map((id, index) => [id, index]));
  const places = new Set(given.map((id) => inWhole.get(id)));
  const ordered = whole !== undefined && places.size === given.length && !places.has(undefined);
  const order = [...given.keys()];
  if (ordered) order.sort((a, b) => inWhole.get(given[a]!)! - inWhole.get(given[b]!)!);
  const columns = columnsOf(order, parts);
  const inOrder = <T>(values: readonly T[]): readonly T[] => order.map((i) => values[i]!);
  const probe = ordered
    ? selectChannels(
        whole,
        inOrder(given).map((id) => inWhole.get(id)!),
      ).probe
    : joinedProbe(what, parts, columns);
  const gains = parts.map(({ gainToUv }) => gainToUv);
  const known = gains.filter((gain) => gain !== undefined);
  const offsets = parts.flatMap(({ offsetToUv, channelIds }) => offsetToUv ?? channelIds.map(() => 0));
  const keyOfEach = parts.flatMap(({ channelIds }, i) => channelIds.map(() => keys[i]!));
  const { probe: _probe, gainToUv: _gain, offsetToUv: _offset, ...rest } = first;
  return {
    columns,
    info: {
      ...rest,
      channelIds: new Set(given).size === given.length ? inOrder(given) : order.map((_, i) => String(i)),
      isFiltered: parts.every(({ isFiltered }) => isFiltered),
      ...(known.length === parts.length && { gainToUv: inOrder(known.flat()), offsetToUv: inOrder(offsets) }),
      ...(probe && { probe }),
      properties: { ...shared(parts, order), aggregation_key: ofOneKind(inOrder(keyOfEach)) },
      annotations: sharedAnnotations(parts),
    },
  };
}

function check(what: string, first: RecordingInfo, part: RecordingInfo): void {
  const differs =
    part.samplingFrequency !== first.samplingFrequency
      ? `sampling frequency (${first.samplingFrequency} and ${part.samplingFrequency} Hz)`
      : part.dtype !== first.dtype
        ? `number type (${first.dtype} and ${part.dtype})`
        : part.numFrames.join() !== first.numFrames.join()
          ? `number of frames (${first.numFrames.join(', ')} and ${part.numFrames.join(', ')})`
          : undefined;
  if (differs) throw new UserError(`${what}: channels to be put side by side differ in ${differs}`);
}

function columnsOf(order: readonly number[], parts: readonly RecordingInfo[]): Int32Array[] {
  const columns = new Int32Array(order.length);
  for (const [column, i] of order.entries()) columns[i] = column;
  let before = 0;
  return parts.map(({ channelIds }) => {
    const own = columns.slice(before, before + channelIds.length);
    before += channelIds.length;
    return own;
  });
}

/** Every part's probe, wired to where its channels are now; undefined where none has one. */
function joinedProbe(
  what: string,
  parts: readonly RecordingInfo[],
  columns: readonly Int32Array[],
): ProbeGroup | undefined {
  const groups = parts.map(({ probe }) => probe).filter((probe) => probe !== undefined);
  if (groups.length === 0) return undefined;
  if (groups.length < parts.length)
    throw new UserError(`${what}: some channels have a probe and others have none`, {
      hint: 'Choose a probe for all of them, or for none.',
    });
  const rewired = groups.flatMap(({ probes }, part) =>
    probes.map(
      (probe): Probe => ({
        ...probe,
        device_channel_indices: (probe.device_channel_indices ?? []).map((channel) => columns[part]![channel] ?? -1),
      }),
    ),
  );
  return { probes: rewired };
}

/** The properties that all parts have. */
function shared(parts: readonly RecordingInfo[], order: readonly number[]): Record<string, Property> {
  const out: Record<string, Property> = {};
  for (const name of Object.keys(parts[0]?.properties ?? {})) {
    const values = parts.map(({ properties }) => properties[name]);
    const all = values.flatMap((value): readonly (string | number | boolean)[] => value ?? []);
    if (values.some((value) => value === undefined)) continue;
    out[name] = ofOneKind(order.map((i) => all[i]!));
  }
  return out;
}

/** As text where not all are of one kind. */
function ofOneKind(values: readonly (string | number | boolean)[]): Property {
  const [numbers, flags] = [values.filter(isNumber), values.filter(isFlag)];
  if (numbers.length === values.length) return numbers;
  return flags.length === values.length ? flags : values.map(String);
}

function sharedAnnotations(parts: readonly RecordingInfo[]): Record<string, Json> {
  const [first, ...others] = parts.map(({ annotations }) => annotations);
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([name, value]) =>
      others.every((other) => name in other && canonical(other[name]) === canonical(value)),
    ),
  );
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
