import type { ExtensionRequest } from '../analyzer/analyzer.ts';
import { extensions as known } from '../analyzer/extensions/index.ts';
import type { Json } from '../shared/json.ts';
import type { Session } from '../shared/session.ts';

/** The extensions a session asks for, all if it names none: its metrics are params of one of them. */
export function requestsOf({ analyzer }: Session): readonly ExtensionRequest[] {
  const { extensions, metrics, metric_params } = analyzer;
  const asked = extensions.length > 0 ? extensions : known.map(({ name }) => ({ name, params: {} }));
  return asked.map(({ name, params }) => {
    if (name !== 'quality_metrics') return { name, params: params as Readonly<Record<string, Json>> };
    const chosen: Readonly<Record<string, Json>> = {
      ...(metrics.length > 0 && { metric_names: metrics }),
      ...(Object.keys(metric_params).length > 0 && { metric_params }),
      ...params,
    };
    return { name, params: chosen };
  });
}

/** All that decides what an analyzer holds, for its key. */
export function analysisOf(session: Session): Json {
  return {
    sparsity: session.analyzer.sparsity,
    extensions: requestsOf(session).map(({ name, params = {} }) => ({ name, params })),
  };
}
