import { selectChannels } from '../shared/channelSelection.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { Probe, ProbeGroup } from '../shared/probe.ts';
import { parseProbeJson } from '../shared/probeJson.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { type Columns, columnsOf, pickColumns } from './pickColumns.ts';

const NAME = 'set_probe';

const params = z.object({
  probe: z
    .json()
    .default(null)
    .describe("The probe as probeinterface writes it (the content of its JSON file). Empty: the recording's own stays.")
    .meta({ title: 'Probe' }),
  group_mode: z
    .enum(['auto', 'by_probe', 'by_shank', 'by_side'])
    .default('auto')
    .describe(
      'How channels get their property "group": auto is one group for each probe, shank and side there is; by_probe, by_shank and by_side go by one of these.',
    )
    .meta({ title: 'Groups', advanced: true }),
});

type Params = z.output<typeof params>;

interface Fitting {
  readonly probe: ProbeGroup;
  /** Channels that have a contact, ascending. */
  readonly indices: readonly number[];
}

function fitting({ channelIds }: RecordingInfo, { probe }: Params): Fitting | undefined {
  if (probe === null) return undefined;
  const read = parseProbeJson(probe, `step "${NAME}", probe`);
  const channels = channelIds.length;
  const wiring = read.probes.flatMap(({ device_channel_indices = [] }) => device_channel_indices);
  const indices = wiring.filter((channel) => channel >= 0).sort((a, b) => a - b);
  const beyond = indices.find((channel) => channel >= channels);
  if (beyond !== undefined)
    throw new UserError(
      `step "${NAME}", probe: a contact is wired to channel ${beyond}, the recording has ${channels}`,
      {
        hint: 'Channels are counted from 0 (device_channel_indices).',
      },
    );
  if (indices.length === 0)
    throw new UserError(`step "${NAME}", probe: no contact is wired to a channel`, {
      hint: 'Set device_channel_indices: the channel of each contact, counted from 0.',
    });
  return { probe: read, indices };
}

/** As SpikeInterface's set_probe of its in_place=False: channels without a contact are left out. */
export const setProbe: Step<typeof params, Columns> = {
  name: NAME,
  aliases: ['select_channels_with_probe', 'set_probegroup'],
  label: 'Set the probe',
  help: 'Tells where the channels lie, in place of what the recording says, and leaves out channels without a contact. Usually the probe is chosen once for the recording; this step is for a chain of its own, such as after channels were put in order.',
  params,
  info(parent, params) {
    const found = fitting(parent, params);
    if (!found) return parent;
    const info = selectChannels({ ...parent, probe: found.probe }, found.indices);
    return { ...info, properties: { ...info.properties, group: groups(info, params.group_mode) } };
  },
  margin: () => 0,
  prepare: (parent, params) =>
    columnsOf(fitting(parent, params)?.indices ?? [...parent.channelIds.keys()], parent.channelIds.length),
  apply: pickColumns,
};

/** A number for each group, by probe, then shank, then side. */
function groups({ probe, channelIds }: RecordingInfo, mode: Params['group_mode']): number[] {
  const names = new Array<string>(channelIds.length).fill('');
  for (const [i, one] of (probe?.probes ?? []).entries())
    for (const [contact, channel] of (one.device_channel_indices ?? []).entries())
      if (channel >= 0) names[channel] = groupName(i, one, contact, mode);
  const known = [...new Set(names)].sort();
  return names.map((name) => known.indexOf(name));
}

function groupName(index: number, probe: Probe, contact: number, mode: Params['group_mode']): string {
  const shank = probe.shank_ids?.[contact] ?? '';
  const side = probe.contact_sides?.[contact] ?? '';
  const parts = {
    auto: [index, shank, side],
    by_probe: [index],
    by_shank: [index, shank],
    by_side: [index, shank, side],
  };
  // Shanks in order of their names as text, as NumPy sorts them.
  return parts[mode].map((part) => (typeof part === 'number' ? String(part).padStart(4, '0') : part)).join('/');
}
