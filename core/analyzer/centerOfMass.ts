export const centerFeatures = ['ptp', 'mean', 'energy', 'peak_voltage'] as const;
export type CenterFeature = (typeof centerFeatures)[number];

/** How strong one channel is: data[at + sample * stride], `samples` of them, the spike at `nbefore`. */
export function featureOf(
  data: Float32Array,
  at: number,
  stride: number,
  samples: number,
  nbefore: number,
  feature: CenterFeature,
): number {
  if (feature === 'peak_voltage') return data[at + nbefore * stride]!;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let squares = 0;
  for (let s = 0; s < samples; s++) {
    const value = data[at + s * stride]!;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    squares += value * value;
  }
  if (feature === 'ptp') return max - min;
  return feature === 'mean' ? sum / samples : Math.sqrt(squares);
}

/** The contacts' mean position, each weighted by its strength: x, y in µm. */
export function centerOfMass(
  strength: Float64Array,
  channels: Int32Array,
  x: Float64Array,
  y: Float64Array,
): [x: number, y: number] {
  let weight = 0;
  let cx = 0;
  let cy = 0;
  for (let k = 0; k < channels.length; k++) {
    const channel = channels[k]!;
    weight += strength[k]!;
    cx += strength[k]! * x[channel]!;
    cy += strength[k]! * y[channel]!;
  }
  return [cx / weight, cy / weight];
}
