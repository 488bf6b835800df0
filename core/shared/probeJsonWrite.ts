import type { Json } from './json.ts';
import type { Probe, ProbeGroup } from './probe.ts';
import { wiredContacts } from './probeContacts.ts';

/** The version of probeinterface whose JSON is written. */
const WRITTEN_VERSION = '0.4.2';

/** The JSON probeinterface reads. It wants plane axes and shapes of every contact: they are filled in. */
export function probeJson(group: ProbeGroup): Json {
  return { specification: 'probeinterface', version: WRITTEN_VERSION, probes: group.probes.map(writeProbe) };
}

function writeProbe(probe: Probe): Json {
  const flat = probe.ndim === 3 ? PLANE_3D : PLANE_2D;
  return {
    ndim: probe.ndim,
    si_units: probe.si_units,
    annotations: plain(probe.annotations),
    contact_annotations: plain(probe.contact_annotations),
    contact_positions: probe.contact_positions,
    contact_plane_axes: probe.contact_plane_axes ?? probe.contact_positions.map(() => flat),
    contact_shapes: probe.contact_shapes,
    contact_shape_params: probe.contact_shape_params,
    ...(probe.probe_planar_contour && { probe_planar_contour: probe.probe_planar_contour }),
    ...(probe.device_channel_indices && { device_channel_indices: probe.device_channel_indices }),
    ...(probe.contact_ids && { contact_ids: probe.contact_ids }),
    ...(probe.shank_ids && { shank_ids: probe.shank_ids }),
    ...(probe.contact_sides && { contact_sides: probe.contact_sides }),
  };
}

const PLANE_2D = [
  [1, 0],
  [0, 1],
];
const PLANE_3D = [
  [1, 0, 0],
  [0, 1, 0],
];

/**
 * The group as SpikeInterface keeps it with a recording (probegroup.json): only wired contacts, each probe's in channel
 * order, and the order over all probes where they take turns. Undefined unless every channel has one contact.
 */
export function recordingProbeJson(group: ProbeGroup, channels: number): Json | undefined {
  const order: number[] = [];
  const probes = group.probes
    .map((probe) => wiredContacts(probe, channels))
    .filter((p) => p.contact_positions.length > 0);
  for (const probe of probes) order.push(...(probe.device_channel_indices ?? []));
  if (order.length !== channels || new Set(order).size !== channels) return undefined;
  const contactOf = new Array<number>(channels).fill(0);
  for (const [contact, channel] of order.entries()) contactOf[channel] = contact;
  const inOrder = contactOf.every((contact, channel) => contact === channel);
  return {
    specification: 'probeinterface',
    version: WRITTEN_VERSION,
    probes: probes.map(writeProbe),
    probe_ids: probes.map((_, i) => String(i)),
    ...(!inOrder && { global_contact_order: contactOf }),
  };
}

/** Annotations are free form; what is not JSON (undefined) is left out. */
function plain(value: Readonly<Record<string, unknown>>): Json {
  const out: Record<string, Json> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    const json = plainValue(item);
    if (json !== undefined) out[key] = json;
  }
  return out;
}

function plainValue(value: unknown): Json | undefined {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value)) return value.map((item) => plainValue(item) ?? null);
  return typeof value === 'object' ? plain({ ...value }) : undefined;
}
