import type { RecordingInfo } from '../shared/recording.ts';

const key = 'sd_scale';

/** `info` of whitened traces: they have no µV any more; `scale` of their units are one standard deviation. */
export function inSd(info: RecordingInfo, scale: number): RecordingInfo {
  const { gainToUv: _gain, offsetToUv: _offset, ...rest } = info;
  return { ...rest, annotations: { ...info.annotations, [key]: scale } };
}

/** Units of whitened traces that are one standard deviation; undefined if they are not whitened. */
export function sdScale(info: RecordingInfo): number | undefined {
  const scale = info.annotations[key];
  return typeof scale === 'number' ? scale : undefined;
}
