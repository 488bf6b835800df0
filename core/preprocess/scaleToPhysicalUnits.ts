import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { applyScaling, type Scaling } from './scaling.ts';

const params = z.object({});
const GAIN = 'gain_to_physical_unit';
const OFFSET = 'offset_to_physical_unit';

function property(parent: RecordingInfo, name: string): Float64Array {
  const values = parent.properties[name];
  if (!values)
    throw new UserError(`step "scale_to_physical_units": the recording has no property "${name}"`, {
      hint: 'Recordings of voltages have gains to µV instead: use scale_to_uV.',
    });
  return Float64Array.from(values, Number);
}

/** As SpikeInterface's scale_to_physical_units. */
export const scaleToPhysicalUnits: Step<typeof params, Scaling> = {
  name: 'scale_to_physical_units',
  label: 'Scale to physical units',
  help: 'Turns raw units into what the recording says it measured (volts, newtons, degrees …) by its properties gain_to_physical_unit and offset_to_physical_unit: for channels that are no electrodes.',
  params,
  info(parent) {
    property(parent, GAIN);
    property(parent, OFFSET);
    const ones = parent.channelIds.map(() => 1);
    const zeros = parent.channelIds.map(() => 0);
    const properties = { ...parent.properties, [GAIN]: ones, [OFFSET]: zeros };
    return { ...parent, dtype: 'float32', gainToUv: ones, offsetToUv: zeros, properties };
  },
  margin: () => 0,
  prepare: (parent) => ({ gain: property(parent, GAIN), offset: property(parent, OFFSET), whole: undefined }),
  apply: applyScaling,
};
