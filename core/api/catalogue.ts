import { extensions } from '../analyzer/extensions/index.ts';
import { exporters } from '../exporters/index.ts';
import { formats } from '../formats/index.ts';
import { metrics } from '../metrics/index.ts';
import { presets } from '../pipeline/presets.ts';
import { steps } from '../preprocess/index.ts';
import { savers } from '../saving/index.ts';
import type { Catalogue } from '../shared/api.ts';
import { entryInfo } from '../shared/entry.ts';
import { probeGenerators } from '../shared/probeGenerators.ts';
import { sorters } from '../sorters/index.ts';

/** The lists as plain data. */
export function catalogue(version: string): Catalogue {
  return {
    version,
    formats: formats.map(entryInfo),
    probes: probeGenerators.map(entryInfo),
    steps: steps.map(entryInfo),
    presets,
    sorters: sorters.map(entryInfo),
    extensions: extensions.map(entryInfo),
    metrics: metrics.map((metric) => ({
      ...entryInfo(metric),
      columns: metric.columns.map(({ name, label, unit, help }) => ({ name, label, unit, help })),
    })),
    exporters: exporters.map(entryInfo),
    savers: savers.map(entryInfo),
  };
}
