import type { RecordingInfo } from '../shared/recording.ts';

/** uV = raw * gains[channel] + offsets[channel]. Undefined: numbers stay in raw units. */
export interface Scale {
  readonly gains: Float64Array;
  readonly offsets: Float64Array;
}

export function scaleOf(info: RecordingInfo, returnInUv: boolean): Scale | undefined {
  if (!returnInUv || !info.gainToUv) return undefined;
  const offsets = info.offsetToUv ?? info.gainToUv.map(() => 0);
  return { gains: Float64Array.from(info.gainToUv), offsets: Float64Array.from(offsets) };
}

const NUMPY = {
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  float32: '<f4',
  float64: '<f8',
} as const;

/** Type of numbers taken from the traces: floats in µV, the recording's own in raw units, as SpikeInterface saves. */
export function numpyDtype(info: RecordingInfo, returnInUv: boolean): string {
  return returnInUv || info.dtype === 'float64' ? '<f4' : NUMPY[info.dtype];
}
