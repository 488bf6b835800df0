import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { asRows } from './periods.ts';
import { saturationParams, saturationPeriods, saturationThresholds } from './saturationPeriods.ts';

const NAME = 'detect_saturation_periods';

const params = z.object(saturationParams);

/** As SpikeInterface's detect_saturation_periods: traces go through unchanged, the recipe keeps the periods found. */
export const detectSaturationPeriods: Step<typeof params, undefined> = {
  name: NAME,
  label: 'Detect saturation',
  help: 'Finds when the amplifier was saturated on many channels at once, and keeps the periods in the recipe; the traces stay as they are. On the raw recording, before any filter. To remove the periods use "Detect and remove artefacts" or "Silence periods".',
  params,
  info(parent, params) {
    saturationThresholds(NAME, parent, params);
    return parent;
  },
  margin: () => 0,
  async fit(parent, params, signal) {
    return { periods: asRows(await saturationPeriods(NAME, parent, params, signal)) };
  },
  prepare: () => undefined,
  apply: (data) => data,
};
