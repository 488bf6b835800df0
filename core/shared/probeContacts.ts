import type { Probe } from './probe.ts';

/** The probe with the contacts of channels 0 ≤ channel < `channels` only, in channel order. */
export function wiredContacts(probe: Probe, channels: number): Probe {
  const wiring = probe.device_channel_indices ?? [];
  const contacts = wiring
    .map((channel, contact) => ({ channel, contact }))
    .filter(({ channel }) => channel >= 0 && channel < channels)
    .sort((a, b) => a.channel - b.channel)
    .map(({ contact }) => contact);
  return { ...selectContacts(probe, contacts), device_channel_indices: contacts.map((contact) => wiring[contact]!) };
}

/** The probe with these contacts only, in this order. Wiring goes along. */
export function selectContacts(probe: Probe, contacts: readonly number[]): Probe {
  const pick = <T>(values: readonly T[]): readonly T[] => contacts.map((contact) => values[contact]!);
  const annotations = Object.entries(probe.contact_annotations).map(([key, values]) => [key, pick(values)] as const);
  return {
    ...probe,
    contact_annotations: Object.fromEntries(annotations),
    contact_positions: pick(probe.contact_positions),
    contact_shapes: pick(probe.contact_shapes),
    contact_shape_params: pick(probe.contact_shape_params),
    ...(probe.contact_plane_axes && { contact_plane_axes: pick(probe.contact_plane_axes) }),
    ...(probe.contact_ids && { contact_ids: pick(probe.contact_ids) }),
    ...(probe.shank_ids && { shank_ids: pick(probe.shank_ids) }),
    ...(probe.contact_sides && { contact_sides: pick(probe.contact_sides) }),
    ...(probe.device_channel_indices && { device_channel_indices: pick(probe.device_channel_indices) }),
  };
}
