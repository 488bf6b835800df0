import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../shared/json.ts';
import { recordingProbeJson } from '../shared/probeJsonWrite.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { fileNameFor } from './fileName.ts';
import { writeJson } from './json.ts';
import { recordingProperties, siClass } from './siProperties.ts';
import { writeZarrList } from './zarrArray.ts';

/**
 * All of SpikeInterface's zarr recording but the traces. Loads in 0.105 and 0.101, which looks for the probe under
 * another name.
 */
export async function describeZarr(folder: string, info: RecordingInfo, provenance: Json): Promise<void> {
  const { channelIds } = info;
  const probe = info.probe && recordingProbeJson(info.probe, channelIds.length);
  await writeJson(join(folder, '.zgroup'), { zarr_format: 2 });
  await writeJson(join(folder, '.zattrs'), {
    zarr_class_info: siClass('core.zarrextractors.ZarrRecordingExtractor'),
    sampling_frequency: info.samplingFrequency,
    num_segments: info.numFrames.length,
    annotations: { ...info.annotations, is_filtered: info.isFiltered },
    ...(probe && { probegroup: probe, probe }),
    provenance,
  });
  await writeZarrList(join(folder, 'channel_ids'), idList(channelIds));
  if (info.tStart.some((start) => start !== 0)) await writeZarrList(join(folder, 't_starts'), info.tStart, '<f8');
  await writeProperties(join(folder, 'properties'), recordingProperties(info));
}

function idList(ids: RecordingInfo['channelIds']): readonly number[] | readonly string[] {
  const numbers = ids.filter((id) => typeof id === 'number');
  return numbers.length === ids.length ? numbers : ids.map(String);
}

async function writeProperties(folder: string, properties: ReturnType<typeof recordingProperties>): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [name, values] of Object.entries(properties))
    if (values.length > 0) await writeZarrList(join(folder, fileNameFor(name)), values);
  await writeJson(join(folder, '.zgroup'), { zarr_format: 2 });
}
