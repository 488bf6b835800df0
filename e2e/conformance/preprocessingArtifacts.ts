import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fit } from '../../core/open.ts';
import { isStep, type SourceSpec } from '../../core/shared/recording.ts';
import { z } from '../../core/shared/zod.ts';
import type { GoldenPlace, Verdict } from './area.ts';
import { type Chain, step } from './chains.ts';

const triggers = z.object({ triggers: z.array(z.number()) });
const told = z.object({ periods: z.array(z.array(z.number())) });

/** Steps that remove what disturbs for a time, at the golden recording's own triggers. */
export function artifactOperations(place: GoldenPlace): Readonly<Record<string, Chain>> {
  const { triggers: list_triggers } = triggers.parse(json(place, 'data/recording_raw_triggers.json'));
  const removed = (mode: string) => step('remove_artifacts', { list_triggers, mode });
  const silenced = (mode: string) =>
    step('silence_periods', {
      list_periods: [
        [
          [50, 130],
          [29_960, 30_060],
        ],
      ],
      mode,
    });
  return {
    remove_artifacts_zeros: removed('zeros'),
    remove_artifacts_linear: removed('linear'),
    remove_artifacts_cubic: removed('cubic'),
    remove_artifacts_average: removed('average'),
    remove_artifacts_median: removed('median'),
    silence_periods_zeros: silenced('zeros'),
    silence_periods_apodization: silenced('apodization'),
  };
}

/**
 * Of SpikeInterface's chunks, the seam in the second window cuts an artefact in two, and each half is treated alone: ours
 * does not depend on blocks, so the first and the last window are compared.
 */
export const seamInArtifact: ReadonlySet<string> = new Set([
  'remove_artifacts_zeros',
  'remove_artifacts_linear',
  'remove_artifacts_cubic',
  'remove_artifacts_average',
  'remove_artifacts_median',
  'silence_periods_apodization',
]);

export async function saturationVerdict(place: GoldenPlace, source: SourceSpec): Promise<Verdict> {
  const entry = 'preprocessing/detect_saturation_periods.json';
  const fitted = await fit(step('detect_saturation_periods', { saturation_threshold_uV: 3000 })(source), place.signal);
  const rows = z.object({ periods: z.array(z.record(z.string(), z.number())) });
  const { periods } = rows.parse(isStep(fitted) ? fitted.fitted : undefined);
  return {
    entry,
    ours: periods.flatMap((row) => [row.segment_index!, row.start_sample_index!, row.end_sample_index!]),
    golden: told.parse(json(place, entry)).periods.flat(),
  };
}

function json(place: GoldenPlace, entry: string): unknown {
  return JSON.parse(readFileSync(join(place.golden, entry), 'utf8'));
}
