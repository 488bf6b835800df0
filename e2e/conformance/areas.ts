import { analyzer } from './analyzer.ts';
import type { Area } from './area.ts';
import { badChannels } from './badChannels.ts';
import { comparison } from './comparison.ts';
import { dataFiles } from './dataFiles.ts';
import { formatsArea } from './formats.ts';
import { interpolationWeights } from './interpolationWeights.ts';
import { noise } from './noise.ts';
import { phyExport } from './phyExport.ts';
import { preprocessing } from './preprocessing.ts';
import { probeFiles } from './probeFiles.ts';
import { zarrFiles } from './zarrFiles.ts';

/** Every check. Several may tell of one area. */
export const areas: readonly Area[] = [
  preprocessing,
  interpolationWeights,
  noise,
  badChannels,
  comparison,
  analyzer,
  phyExport,
  dataFiles,
  zarrFiles,
  probeFiles,
  formatsArea,
];
