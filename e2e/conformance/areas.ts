import { analyzer } from './analyzer.ts';
import type { Area } from './area.ts';
import { comparison } from './comparison.ts';
import { dataFiles } from './dataFiles.ts';
import { formatsArea } from './formats.ts';
import { noise } from './noise.ts';
import { phyExport } from './phyExport.ts';
import { preprocessing } from './preprocessing.ts';
import { probeFiles } from './probeFiles.ts';

/** Every check. Several may tell of one area. */
export const areas: readonly Area[] = [
  preprocessing,
  noise,
  comparison,
  analyzer,
  phyExport,
  dataFiles,
  probeFiles,
  formatsArea,
];
