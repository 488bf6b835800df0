/** One probe as probeinterface's JSON has it (its own key names). Positions in µm, [contacts][2 or 3]. */
export interface Probe {
  readonly ndim: number;
  readonly si_units: string;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly contact_annotations: Readonly<Record<string, readonly unknown[]>>;
  readonly contact_positions: readonly (readonly number[])[];
  readonly contact_plane_axes?: readonly (readonly (readonly number[])[])[];
  readonly contact_shapes: readonly string[];
  readonly contact_shape_params: readonly Readonly<Record<string, number>>[];
  readonly contact_ids?: readonly string[];
  readonly shank_ids?: readonly string[];
  readonly contact_sides?: readonly string[];
  readonly probe_planar_contour?: readonly (readonly number[])[];
  /** Recorded channel of each contact; -1: not connected. Absent: contacts are not wired yet. */
  readonly device_channel_indices?: readonly number[];
}

export interface ProbeGroup {
  readonly probes: readonly Probe[];
}

/** Where each recorded channel sits: arrays of length `channels`, in channel order. x, y in µm. */
export interface ChannelLayout {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly probe: Int32Array;
  readonly shank: readonly string[];
  readonly contactId: readonly string[];
}

/** The contacts of `group` in channel order, by device_channel_indices. Undefined if a channel has no contact. */
export function channelLayout(group: ProbeGroup, channels: number): ChannelLayout | undefined {
  const x = new Float64Array(channels).fill(Number.NaN);
  const y = new Float64Array(channels);
  const probe = new Int32Array(channels);
  const shank = new Array<string>(channels).fill('');
  const contactId = new Array<string>(channels).fill('');
  group.probes.forEach((p, probeIndex) => {
    p.contact_positions.forEach((position, contact) => {
      const channel = p.device_channel_indices?.[contact] ?? -1;
      if (channel < 0 || channel >= channels) return;
      x[channel] = position[0] ?? Number.NaN;
      y[channel] = position[1] ?? Number.NaN;
      probe[channel] = probeIndex;
      shank[channel] = p.shank_ids?.[contact] ?? '';
      contactId[channel] = p.contact_ids?.[contact] ?? '';
    });
  });
  return x.some(Number.isNaN) ? undefined : { x, y, probe, shank, contactId };
}
