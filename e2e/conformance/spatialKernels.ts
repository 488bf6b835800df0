import { join } from 'node:path';
import { type SpatialKernel, spatialKernel } from '../../core/preprocess/spatialKernel.ts';
import { channelLayout } from '../../core/shared/probe.ts';
import type { RecordingInfo } from '../../core/shared/recording.ts';
import { readNumbers } from '../../core/store/npy.ts';
import type { GoldenPlace, Verdict } from './area.ts';

const kernels: Readonly<Record<string, SpatialKernel>> = {
  spatial_kernel_kriging: { method: 'kriging', sigmaUm: 20, p: 1 },
  spatial_kernel_idw: { method: 'idw', nearest: 3 },
  spatial_kernel_nearest: { method: 'nearest' },
};

/** From the recording's contacts to places (3, 11) µm beside them. */
export async function* spatialKernels(place: GoldenPlace, info: RecordingInfo): AsyncGenerator<Verdict, void> {
  const layout = info.probe && channelLayout(info.probe, info.channelIds.length);
  if (!layout) throw new Error('the golden recording has no probe');
  const sources = Array.from(layout.x, (x, c) => [x, layout.y[c]!] as const);
  const targets = sources.map(([x, y]) => [x + 3, y + 11] as const);
  for (const [name, kernel] of Object.entries(kernels)) {
    const entry = `preprocessing/${name}.npy`;
    const golden = (await readNumbers(join(place.golden, entry))).data;
    yield { entry, ours: spatialKernel(sources, targets, kernel), golden };
  }
}
