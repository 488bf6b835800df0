import { sdScale } from '../../compute/sdScale.ts';
import type { Json } from '../../shared/json.ts';
import { channelLayout } from '../../shared/probe.ts';
import type { RecordingInfo, RecordingSpec } from '../../shared/recording.ts';

export interface PrepareParams {
  readonly freq_min: number;
  readonly freq_max: number;
  readonly whiten: boolean;
  readonly whiten_radius_um: number;
}

/** What the sorter itself does to a recording first: a band-pass and a local whitening, unless they have been done. */
export function preparation(recording: RecordingSpec, info: RecordingInfo, params: PrepareParams): RecordingSpec {
  const nyquist = info.samplingFrequency / 2;
  const band = { freq_min: params.freq_min, freq_max: Math.min(params.freq_max, 0.9 * nyquist), dtype: 'float32' };
  const filtered: RecordingSpec = info.isFiltered
    ? recording
    : { step: 'bandpass_filter', params: band, parent: recording };
  if (!params.whiten || sdScale(info) !== undefined) return filtered;
  const placed = info.probe && channelLayout(info.probe, info.channelIds.length);
  const how: Record<string, Json> = { mode: 'global', dtype: 'float32' };
  if (placed) Object.assign(how, { mode: 'local', radius_um: params.whiten_radius_um });
  return { step: 'whiten', params: how, parent: filtered };
}
