import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { detectionParams, overrule } from './badChannelParams.ts';
import { checkDetection, findBadChannels, knownVerdict } from './findBadChannels.ts';
import {
  checkInterpolation,
  type Interpolation,
  interpolateChannels,
  prepareInterpolation,
} from './interpolateChannels.ts';

const params = z.object({ ...detectionParams, ...overrule });
const name = 'detect_and_interpolate_bad_channels';
/** As SpikeInterface: the step has no parameters for these. */
const by = { sigma_um: null, p: 1.3, weights: null };

/** As SpikeInterface's detect_and_interpolate_bad_channels. */
export const detectAndInterpolateBadChannels: Step<typeof params, Interpolation> = {
  name,
  label: 'Detect and interpolate bad channels',
  help: 'Looks for channels that are dead, noisy or outside the brain and replaces them by the mean of their good neighbours, so that what follows finds no hole. Part of the usual chain for Neuropixels probes (IBL).',
  params,
  info(parent, params) {
    if (!params.bad_channel_ids) checkDetection(name, parent, params);
    checkInterpolation(name, parent, params.bad_channel_ids ?? [], by);
    return parent;
  },
  margin: () => 0,
  async fit(parent, params, signal, slices) {
    if (params.bad_channel_ids) return {};
    const found = await findBadChannels(name, parent, params, signal, slices);
    checkInterpolation(name, parent.info, found.bad_channel_ids, by);
    return found;
  },
  prepare(parent, params, fitted) {
    const known = knownVerdict(fitted, params.bad_channel_ids);
    if (!known) throw new Error(`${name}: the bad channels have not been looked for yet`);
    return prepareInterpolation(name, parent, known.bad_channel_ids, by);
  },
  apply: interpolateChannels,
};
