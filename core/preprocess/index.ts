import { findEntry } from '../shared/entry.ts';
import type { Step } from '../shared/lists.ts';
import { astype } from './astype.ts';
import { averageAcrossDirection } from './averageAcrossDirection.ts';
import { bandpassFilter } from './bandpassFilter.ts';
import { blankSaturation } from './blankSaturation.ts';
import { causalFilter } from './causalFilter.ts';
import { center } from './center.ts';
import { channelSlice } from './channelSlice.ts';
import { clip } from './clip.ts';
import { commonReference } from './commonReference.ts';
import { concatenateRecordings } from './concatenateRecordings.ts';
import { correctLsb } from './correctLsb.ts';
import { decimate } from './decimate.ts';
import { depthOrder } from './depthOrder.ts';
import { detectAndInterpolateBadChannels } from './detectAndInterpolateBadChannels.ts';
import { detectAndRemoveArtifacts } from './detectAndRemoveArtifacts.ts';
import { detectAndRemoveBadChannels } from './detectAndRemoveBadChannels.ts';
import { detectBadChannels } from './detectBadChannels.ts';
import { detectSaturationPeriods } from './detectSaturationPeriods.ts';
import { directionalDerivative } from './directionalDerivative.ts';
import { filter } from './filter.ts';
import { frameSlice } from './frameSlice.ts';
import { gaussianFilter } from './gaussianFilter.ts';
import { highpassFilter } from './highpassFilter.ts';
import { highpassSpatialFilter } from './highpassSpatialFilter.ts';
import { interpolateBadChannels } from './interpolateBadChannels.ts';
import { normalizeByQuantile } from './normalizeByQuantile.ts';
import { notchFilter } from './notchFilter.ts';
import { phaseShift } from './phaseShift.ts';
import { rectify } from './rectify.ts';
import { removeArtifacts } from './removeArtifacts.ts';
import { removeChannels } from './removeChannels.ts';
import { renameChannels } from './renameChannels.ts';
import { resample } from './resample.ts';
import { scale } from './scale.ts';
import { scaleToPhysicalUnits } from './scaleToPhysicalUnits.ts';
import { scaleToUv } from './scaleToUv.ts';
import { selectSegments } from './selectSegments.ts';
import { setProbe } from './setProbe.ts';
import { silencePeriods } from './silencePeriods.ts';
import { splitBy } from './splitBy.ts';
import { timeSlice } from './timeSlice.ts';
import { unsignedToSigned } from './unsignedToSigned.ts';
import { whiten } from './whiten.ts';
import { zeroChannelPad } from './zeroChannelPad.ts';
import { zscore } from './zscore.ts';

/** The order is the order in the menu. */
export const steps: readonly Step[] = [
  bandpassFilter,
  highpassFilter,
  filter,
  causalFilter,
  notchFilter,
  gaussianFilter,
  phaseShift,
  detectBadChannels,
  detectAndInterpolateBadChannels,
  detectAndRemoveBadChannels,
  interpolateBadChannels,
  commonReference,
  highpassSpatialFilter,
  whiten,
  resample,
  decimate,
  center,
  zscore,
  normalizeByQuantile,
  scale,
  scaleToUv,
  scaleToPhysicalUnits,
  clip,
  blankSaturation,
  detectAndRemoveArtifacts,
  detectSaturationPeriods,
  silencePeriods,
  removeArtifacts,
  rectify,
  unsignedToSigned,
  correctLsb,
  astype,
  depthOrder,
  channelSlice,
  removeChannels,
  renameChannels,
  setProbe,
  zeroChannelPad,
  averageAcrossDirection,
  directionalDerivative,
  frameSlice,
  timeSlice,
  selectSegments,
  concatenateRecordings,
  splitBy(findStep),
];

/** The step of that name or older spelling. */
export function findStep(name: string): Step {
  return steps.find((step) => step.aliases?.includes(name)) ?? findEntry<Step>(steps, 'step', name);
}
