import { spikeAmplitudes } from './spikeAmplitudes.ts';
import { spikeCenters } from './spikeCenters.ts';
import { templateSums } from './templateSums.ts';
import { waveformRows } from './waveformRows.ts';

export const analyzerCollectors = { templateSums, waveformRows, spikeAmplitudes, spikeCenters };
