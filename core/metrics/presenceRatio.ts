import { z } from '../shared/zod.ts';
import { countSpikes, durationSeconds, type MetricUnit, metric } from './metric.ts';

export const presenceRatio = metric({
  name: 'presence_ratio',
  label: 'Presence ratio',
  help: 'The share of the recording in which the unit fires at all. A unit that drifts away or appears late is present for a part only.',
  params: z.object({
    bin_duration_s: z
      .number()
      .positive()
      .default(60)
      .describe(
        'The recording is cut into bins of this length; usual 60. Shorter bins notice shorter silences; a recording shorter than one bin has no presence ratio.',
      )
      .meta({ unit: 's', title: 'Bin length' }),
    mean_fr_ratio_thresh: z
      .number()
      .min(0)
      .default(0)
      .describe(
        'A bin counts when the unit fires in it at more than this share of its mean rate; usual 0 (one spike is enough).',
      )
      .meta({ title: 'Least share of the mean rate', advanced: true }),
  }),
  columns: [
    {
      name: 'presence_ratio',
      label: 'Presence',
      unit: '',
      help: 'Share of the recording in which the unit fires, 0 to 1. Good units are above 0.9.',
    },
  ],
  dependsOn: [],
  compute: (unit, params) => ({ presence_ratio: presence(unit, params.bin_duration_s, params.mean_fr_ratio_thresh) }),
});

// As SpikeInterface's compute_presence_ratios: segments one after another, bins start anew in each segment, and what
// follows the last whole bin does not count.
function presence(unit: MetricUnit, binSeconds: number, threshold: number): number {
  const binFrames = Math.trunc(binSeconds * unit.samplingFrequency);
  const total = unit.numFrames.reduce((sum, frames) => sum + frames, 0);
  const count = countSpikes(unit);
  if (total < binFrames || binFrames === 0 || count === 0) return Number.NaN;
  const edges = binEdges(unit.numFrames, binFrames);
  if (edges.length < 2) return 0;
  const least = Math.floor((count / durationSeconds(unit)) * binSeconds * threshold);
  const inBin = new Float64Array(edges.length - 1);
  let before = 0;
  unit.trains.forEach((train, segment) => {
    let bin = 0;
    for (const sample of train) {
      const frame = before + sample;
      if (frame > edges[edges.length - 1]!) break;
      // The last edge belongs to the last bin, as in numpy's histogram.
      while (bin < inBin.length - 1 && frame >= edges[bin + 1]!) bin++;
      if (frame >= edges[bin]!) inBin[bin]!++;
    }
    before += unit.numFrames[segment]!;
  });
  return inBin.filter((n) => n > least).length / inBin.length;
}

function binEdges(numFrames: readonly number[], binFrames: number): number[] {
  const edges: number[] = [];
  let start = 0;
  numFrames.forEach((frames, segment) => {
    let end = start + frames;
    const next = end;
    if (segment === numFrames.length - 1) end = Math.floor(end / binFrames) * binFrames + 1;
    for (let edge = start; edge < end; edge += binFrames) edges.push(edge);
    start = next;
  });
  return edges;
}
