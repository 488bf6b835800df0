// To whole numbers within a range. The TypeScript twin: core/compute/wholeNumbers.ts.

/**
 * data: f32 [count], count a multiple of 4: halves go to the even neighbour, as NumPy rounds; then into [low, high].
 * NaN stays NaN.
 */
export function wholeNumbers(data: usize, count: i32, low: f32, high: f32): void {
  const least = f32x4.splat(low);
  const most = f32x4.splat(high);
  const end = data + (<usize>count << 2);
  for (let at = data; at < end; at += 16) v128.store(at, whole(v128.load(at), least, most));
}

// @ts-ignore: decorator
@inline
export function whole(x: v128, least: v128, most: v128): v128 {
  return f32x4.pmin(f32x4.pmax(f32x4.nearest(x), least), most);
}
