import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { detectionParams, overrule } from './badChannelParams.ts';
import { channelIndices } from './channelIndices.ts';
import { checkDetection, findBadChannels, IS_BAD, knownVerdict } from './findBadChannels.ts';

/** What a step after this one may read: the label of each channel. */
const CHANNEL_LABELS = 'channel_labels';

const params = z.object({ ...detectionParams, ...overrule });
const name = 'detect_bad_channels';

/**
 * SpikeInterface's function of that name as a step: traces stay as they are, the verdict becomes two properties
 * (channel_labels, is_bad_channel), which interpolate_bad_channels goes by.
 */
export const detectBadChannels: Step<typeof params, undefined> = {
  name,
  label: 'Detect bad channels',
  help: 'Looks for channels that are dead, noisy or outside the brain and marks them; the traces stay as they are. Follow it with "Interpolate bad channels", or look at the verdict first and overrule it.',
  params,
  info(parent, params, fitted) {
    if (params.bad_channel_ids) channelIndices(name, 'bad_channel_ids', parent, params.bad_channel_ids);
    else checkDetection(name, parent, params);
    const known = knownVerdict(fitted, params.bad_channel_ids);
    const bad = new Set((known?.bad_channel_ids ?? []).map(String));
    const isBad = parent.channelIds.map((id) => bad.has(String(id)));
    const labels = known && 'channel_labels' in known ? known.channel_labels : isBad.map((is) => (is ? 'bad' : 'good'));
    return { ...parent, properties: { ...parent.properties, [CHANNEL_LABELS]: labels, [IS_BAD]: isBad } };
  },
  margin: () => 0,
  async fit(parent, params, signal, slices) {
    if (params.bad_channel_ids) return {};
    return findBadChannels(name, parent, params, signal, slices);
  },
  prepare: () => undefined,
  apply: (data) => data,
};
