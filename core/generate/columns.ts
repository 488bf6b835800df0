import type { Probe, ProbeGroup } from '../shared/probe.ts';

/** A probe of `columns` columns, wired in order: the first column from its bottom up, then the next. */
export function columnsProbe(channels: number, columns: number, pitchUm: number): ProbeGroup {
  const perColumn = Math.ceil(channels / columns);
  const positions = Array.from({ length: channels }, (_, i) => [
    Math.floor(i / perColumn) * pitchUm,
    (i % perColumn) * pitchUm,
  ]);
  const probe: Probe = {
    ndim: 2,
    si_units: 'um',
    annotations: { name: `${channels} contacts in ${columns} column${columns > 1 ? 's' : ''}` },
    contact_annotations: {},
    contact_positions: positions,
    contact_plane_axes: positions.map(() => [
      [1, 0],
      [0, 1],
    ]),
    contact_shapes: positions.map(() => 'circle'),
    contact_shape_params: positions.map(() => ({ radius: 6 })),
    contact_ids: positions.map((_, i) => String(i)),
    shank_ids: positions.map(() => '0'),
    device_channel_indices: positions.map((_, i) => i),
  };
  return { probes: [probe] };
}
