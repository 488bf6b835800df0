/**
 * `data` [frames][channels] continued by its mirror image, the outermost frame not repeated: as NumPy's pad with mode
 * "reflect", which folds back and forth where the padding is longer than the data.
 */
export function reflected(
  data: Float32Array,
  frames: number,
  channels: number,
  before: number,
  after: number,
): Float32Array {
  const out = new Float32Array((before + frames + after) * channels);
  out.set(data.subarray(0, frames * channels), before * channels);
  const period = Math.max(1, 2 * (frames - 1));
  const copy = (to: number) => {
    const folded = (((to - before) % period) + period) % period;
    const from = folded < frames ? folded : period - folded;
    out.set(data.subarray(from * channels, (from + 1) * channels), to * channels);
  };
  for (let f = 0; f < before; f++) copy(f);
  for (let f = before + frames; f < before + frames + after; f++) copy(f);
  return out;
}
