import { analyzerCollectors } from '../analyzer/collect/collectors.ts';
import { phyCollectors } from '../exporters/phy/features.ts';
import { exporterCollectors } from '../exporters/saveTraces.ts';
import type { MakeCollector } from '../shared/compute.ts';
import { spikedeskCollectors } from '../sorters/spikedesk/collectors.ts';

/** Every collector a pass can be asked for, by name. A folder adds its own object here. */
// biome-ignore lint/suspicious/noExplicitAny: arguments are checked by each collector's own type at its caller
export const collectors: Readonly<Record<string, MakeCollector<any>>> = {
  ...analyzerCollectors,
  ...exporterCollectors,
  ...phyCollectors,
  ...spikedeskCollectors,
};
