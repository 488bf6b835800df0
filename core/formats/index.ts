import type { Format, SortingFormat } from '../shared/lists.ts';
import { binary } from './binary.ts';
import { phy } from './phy.ts';
import { spikeglx } from './spikeglx.ts';
import { spikeinterfaceBinary } from './spikeinterfaceBinary.ts';
import { spikeinterfaceNpz } from './spikeinterfaceNpz.ts';
import { spikeinterfaceNumpy } from './spikeinterfaceNumpy.ts';

/** Recording formats; the first that finds something is offered first. */
export const formats: readonly Format[] = [spikeglx, spikeinterfaceBinary, binary];

export const sortingFormats: readonly SortingFormat[] = [spikeinterfaceNumpy, spikeinterfaceNpz, phy];
