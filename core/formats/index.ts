import type { Format, SortingFormat } from '../shared/lists.ts';
import { aggregatedChannels } from './aggregateChannels.ts';
import { appendRecordings } from './appendRecordings.ts';
import { binary } from './binary.ts';
import { phy } from './phy.ts';
import { spikeglx } from './spikeglx.ts';
import { spikeinterfaceBinary } from './spikeinterfaceBinary.ts';
import { spikeinterfaceNpz } from './spikeinterfaceNpz.ts';
import { spikeinterfaceNumpy } from './spikeinterfaceNumpy.ts';
import { spikeinterfaceZarr } from './spikeinterfaceZarr.ts';

/** What a file or folder may be; the first that finds something is offered first. */
const single: readonly Format[] = [spikeglx, spikeinterfaceBinary, spikeinterfaceZarr, binary];

/** Recording formats. */
export const formats: readonly Format[] = [...single, appendRecordings(single), aggregatedChannels(single)];

export const sortingFormats: readonly SortingFormat[] = [spikeinterfaceNumpy, spikeinterfaceNpz, phy];
