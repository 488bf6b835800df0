/** A seeded stream of random numbers: equal seeds give equal numbers on every machine. */
export interface Random {
  /** In [0, 1), 53 random bits. */
  uniform(): number;
  /** A whole number in [0, n). */
  integer(n: number): number;
  /** Mean 0, standard deviation 1. */
  gaussian(): number;
}

/**
 * Blackman and Vigna's xoshiro128** (2018), its state filled from `seed` by splitmix32, as they advise.
 * `seed`: any whole number below 2^53; not for secrets.
 */
export function random(seed: number): Random {
  let mix = (seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b)) | 0;
  const splitmix = () => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let d = splitmix();
  const next = () => {
    const five = Math.imul(b, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  let spare = Number.NaN;
  return {
    uniform,
    integer: (n) => Math.floor(uniform() * n),
    // Marsaglia's polar method: two numbers at a time.
    gaussian() {
      if (!Number.isNaN(spare)) {
        const kept = spare;
        spare = Number.NaN;
        return kept;
      }
      let x = 0;
      let y = 0;
      let s = 0;
      do {
        x = next() / 2 ** 31;
        y = next() / 2 ** 31;
        s = x * x + y * y;
      } while (s >= 1 || s === 0);
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = y * scale;
      return x * scale;
    },
  };
}
