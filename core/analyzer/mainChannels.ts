export type PeakSign = 'both' | 'neg' | 'pos';
export type PeakMode = 'extremum' | 'at_index' | 'peak_to_peak';

/**
 * How large a template is on one channel, as SpikeInterface tells main channels by it: larger is more.
 * template[at + sample * stride], `samples` of them, the spike at `nbefore`.
 */
export function channelSize(
  template: Float32Array | Float64Array,
  at: number,
  stride: number,
  samples: number,
  nbefore: number,
  sign: PeakSign,
  mode: PeakMode,
): number {
  if (mode === 'at_index') {
    const value = template[at + nbefore * stride]!;
    return sign === 'both' ? Math.abs(value) : value;
  }
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < samples; s++) {
    const value = template[at + s * stride]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (mode === 'peak_to_peak') return max - min;
  if (sign === 'neg') return -min;
  return sign === 'pos' ? max : Math.max(max, -min);
}

/** The channel (column) where a template [samples][channels] is largest; the first of equals. */
export function mainChannel(
  template: Float32Array | Float64Array,
  samples: number,
  channels: number,
  nbefore: number,
  sign: PeakSign = 'both',
  mode: PeakMode = 'extremum',
): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < channels; c++) {
    const size = channelSize(template, c, channels, samples, nbefore, sign, mode);
    if (size > most) {
      most = size;
      best = c;
    }
  }
  return best;
}

/** Frame of the template's peak on one channel, counted from the spike. */
export function peakShift(
  template: Float32Array | Float64Array,
  at: number,
  stride: number,
  samples: number,
  nbefore: number,
  sign: PeakSign,
): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < samples; s++) {
    const value = template[at + s * stride]!;
    const size = sign === 'both' ? Math.abs(value) : sign === 'neg' ? -value : value;
    if (size > most) {
      most = size;
      best = s;
    }
  }
  return best - nbefore;
}
