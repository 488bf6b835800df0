/** Numbers from 0 to 1, the same each time for a seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Min and max of noise with a spike here and there. out: [rows][columns][min, max] */
export function noisyTile(rows: number, columns: number, random: () => number): Int16Array {
  const out = new Int16Array(2 * rows * columns);
  for (let i = 0; i < out.length; i += 2) {
    const middle = 20 * (random() + random() - 1);
    const spike = random() < 0.005 ? 200 * random() : 0;
    out[i] = middle - 30 * random() - spike;
    out[i + 1] = middle + 30 * random();
  }
  return out;
}

/** Pieces that are all of each row. out: [rows][u0, u1, row] */
export function wholeRows(rows: number): Float32Array {
  return Float32Array.from({ length: 3 * rows }, (_, i) => [0, 1, Math.floor(i / 3)][i % 3]!);
}
