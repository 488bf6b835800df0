/** Peak to peak of a template [samples][channels] on each of its channels. */
export function peakToPeak(template: Float32Array, channels: number): Float64Array {
  const low = new Float64Array(channels).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(channels).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < template.length; ) {
    for (let c = 0; c < channels; c++, i++) {
      const value = template[i]!;
      if (value < low[c]!) low[c] = value;
      if (value > high[c]!) high[c] = value;
    }
  }
  return high.map((most, c) => (template.length > 0 ? most - low[c]! : 0));
}
