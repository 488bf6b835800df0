import type { Format, SortingFormat } from '../shared/lists.ts';
import { binary } from './binary.ts';
import { phy } from './phy.ts';
import { spikeglx } from './spikeglx.ts';
import { spikeinterfaceBinary } from './spikeinterfaceBinary.ts';
import { spikeinterfaceNpz } from './spikeinterfaceNpz.ts';
import { spikeinterfaceNumpy } from './spikeinterfaceNumpy.ts';
import { spikeinterfaceZarr } from './spikeinterfaceZarr.ts';

/** Recording formats; the first that finds something is offered first. */
export const formats: readonly Format[] = [spikeglx, spikeinterfaceBinary, spikeinterfaceZarr, binary];

export const sortingFormats: readonly SortingFormat[] = [spikeinterfaceNumpy, spikeinterfaceNpz, phy];
