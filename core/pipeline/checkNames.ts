import { extensions } from '../analyzer/extensions/index.ts';
import { exporters } from '../exporters/index.ts';
import { formats, sortingFormats } from '../formats/index.ts';
import { chooseMetrics } from '../metrics/index.ts';
import { findStep } from '../open.ts';
import { findEntry, parseParams } from '../shared/entry.ts';
import { probeGenerators } from '../shared/probeGenerators.ts';
import type { Session } from '../shared/session.ts';
import { sorters } from '../sorters/index.ts';

/** UserError, with the nearest known name, if a session names an entry or parameter that is not there. */
export function checkNames(session: Session): void {
  const { recording, probe, preprocess, sorter, sorting, groundTruth, analyzer, exports } = session;
  parseParams(findEntry(formats, 'format', recording.format), 'format', recording.params);
  if (probe && 'generator' in probe)
    parseParams(findEntry(probeGenerators, 'probe', probe.generator), 'probe', probe.params);
  for (const { step, params } of preprocess) parseParams(findStep(step), 'step', params);
  if (sorter) parseParams(findEntry(sorters, 'sorter', sorter.name), 'sorter', sorter.params);
  for (const named of [sorting, groundTruth]) if (named) findEntry(sortingFormats, 'sorting format', named.format);
  for (const { name, params } of analyzer.extensions)
    parseParams(findEntry(extensions, 'extension', name), 'extension', params);
  chooseMetrics(analyzer.metrics, analyzer.metric_params);
  for (const { name, params } of exports) parseParams(findEntry(exporters, 'exporter', name), 'exporter', params);
}
