import type { Step } from '../shared/lists.ts';
import { astype } from './astype.ts';
import { bandpassFilter } from './bandpassFilter.ts';
import { blankSaturation } from './blankSaturation.ts';
import { causalFilter } from './causalFilter.ts';
import { center } from './center.ts';
import { clip } from './clip.ts';
import { commonReference } from './commonReference.ts';
import { correctLsb } from './correctLsb.ts';
import { detectAndInterpolateBadChannels } from './detectAndInterpolateBadChannels.ts';
import { detectBadChannels } from './detectBadChannels.ts';
import { filter } from './filter.ts';
import { highpassFilter } from './highpassFilter.ts';
import { interpolateBadChannels } from './interpolateBadChannels.ts';
import { normalizeByQuantile } from './normalizeByQuantile.ts';
import { notchFilter } from './notchFilter.ts';
import { rectify } from './rectify.ts';
import { scale } from './scale.ts';
import { scaleToPhysicalUnits } from './scaleToPhysicalUnits.ts';
import { scaleToUv } from './scaleToUv.ts';
import { unsignedToSigned } from './unsignedToSigned.ts';
import { whiten } from './whiten.ts';
import { zscore } from './zscore.ts';

/** The order is the order in the menu. */
export const steps: readonly Step[] = [
  bandpassFilter,
  highpassFilter,
  filter,
  causalFilter,
  notchFilter,
  detectBadChannels,
  detectAndInterpolateBadChannels,
  interpolateBadChannels,
  commonReference,
  whiten,
  center,
  zscore,
  normalizeByQuantile,
  scale,
  scaleToUv,
  scaleToPhysicalUnits,
  clip,
  blankSaturation,
  rectify,
  unsignedToSigned,
  correctLsb,
  astype,
];
