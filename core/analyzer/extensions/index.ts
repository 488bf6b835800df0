import type { Extension } from '../extension.ts';
import { qualityMetrics } from '../qualityMetrics.ts';
import { correlograms } from './correlograms.ts';
import { noiseLevels } from './noiseLevels.ts';
import { randomSpikes } from './randomSpikes.ts';
import { spikeAmplitudes } from './spikeAmplitudes.ts';
import { spikeLocations } from './spikeLocations.ts';
import { templateSimilarity } from './templateSimilarity.ts';
import { templates } from './templates.ts';
import { unitLocations } from './unitLocations.ts';
import { waveforms } from './waveforms.ts';

/** The order is that of the menu: each after those it needs. */
export const extensions: readonly Extension[] = [
  randomSpikes,
  waveforms,
  templates,
  noiseLevels,
  spikeAmplitudes,
  correlograms,
  unitLocations,
  templateSimilarity,
  spikeLocations,
  qualityMetrics,
];
