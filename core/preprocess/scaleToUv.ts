import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { applyScaling, type Scaling } from './scaling.ts';

const params = z.object({});

function gains(parent: RecordingInfo): Scaling {
  const { gainToUv, offsetToUv, channelIds } = parent;
  if (!gainToUv)
    throw new UserError('step "scale_to_uV": the recording does not say how many µV a raw unit is', {
      hint: 'Give the recording its gain (gain_to_uV) where it is opened.',
    });
  return {
    gain: Float64Array.from(gainToUv),
    offset: Float64Array.from(offsetToUv ?? channelIds.map(() => 0)),
    whole: undefined,
  };
}

/** As SpikeInterface's scale_to_uV: afterwards a unit is a µV. */
export const scaleToUv: Step<typeof params, Scaling> = {
  name: 'scale_to_uV',
  label: 'Scale to µV',
  help: "Turns raw units into microvolts by the recording's own gains and offsets, as float32: for programs that read the samples and know of no gain. Views in µV look the same as before.",
  params,
  info(parent) {
    gains(parent);
    const { channelIds } = parent;
    return { ...parent, dtype: 'float32', gainToUv: channelIds.map(() => 1), offsetToUv: channelIds.map(() => 0) };
  },
  margin: () => 0,
  prepare: gains,
  apply: applyScaling,
};
