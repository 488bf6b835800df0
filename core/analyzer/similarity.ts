type SimilarityMethod = 'cosine' | 'l1' | 'l2';
type SimilaritySupport = 'union' | 'intersection' | 'dense';

export interface SimilarityArgs {
  /** [units][samples][channels] */
  readonly templates: Float32Array | Float64Array;
  readonly units: number;
  readonly samples: number;
  readonly channels: number;
  /** Channels of each unit. */
  readonly channelsOf: readonly Int32Array[];
  readonly method: SimilarityMethod;
  readonly support: SimilaritySupport;
  /** Lags tried on each side, frames. */
  readonly maxLag: number;
}

/**
 * How alike the templates are, 1 for the same, as SpikeInterface's template_similarity: the best over lags, on the
 * channels that either has (union, if they share one), both have (intersection) or all (dense). out: [units][units]
 */
export function templateSimilarity(args: SimilarityArgs): Float32Array {
  const { units, samples, maxLag } = args;
  const similarity = new Float32Array(units * units);
  const has = args.channelsOf.map((channels) => {
    const mask = new Uint8Array(args.channels);
    for (const channel of channels) mask[channel] = 1;
    return mask;
  });
  for (let i = 0; i < units; i++)
    for (let j = i; j < units; j++) {
      const channels = supportOf(has[i]!, has[j]!, args.support);
      let best = 1; // distance of templates that share nothing
      if (channels.length > 0)
        // SpikeInterface moves the second unit's template to later times only: so do we.
        for (let lag = -maxLag; lag <= 0; lag++) {
          const d = distance(args, i, j, channels, maxLag, samples - maxLag, lag);
          if (lag === -maxLag || d < best) best = d;
        }
      similarity[i * units + j] = 1 - best;
      similarity[j * units + i] = 1 - best;
    }
  return similarity;
}

function supportOf(a: Uint8Array, b: Uint8Array, support: SimilaritySupport): number[] {
  const all = Array.from(a.keys());
  if (support === 'dense') return all;
  const shared = all.filter((c) => a[c] && b[c]);
  if (support === 'intersection' || shared.length === 0) return shared;
  return all.filter((c) => a[c] || b[c]);
}

function distance(
  { templates, samples, channels, method }: SimilarityArgs,
  i: number,
  j: number,
  on: readonly number[],
  from: number,
  to: number,
  lag: number,
): number {
  let normI = 0;
  let normJ = 0;
  let dot = 0;
  let apart = 0;
  const square = method !== 'l1';
  for (let s = from; s < to; s++) {
    const rowI = (i * samples + s) * channels;
    const rowJ = (j * samples + s + lag) * channels;
    for (const c of on) {
      const a = templates[rowI + c]!;
      const b = templates[rowJ + c]!;
      dot += a * b;
      normI += square ? a * a : Math.abs(a);
      normJ += square ? b * b : Math.abs(b);
      apart += square ? (a - b) * (a - b) : Math.abs(a - b);
    }
  }
  if (normI === 0 || normJ === 0) return 1;
  if (method === 'l1') return apart / (normI + normJ);
  if (method === 'l2') return Math.sqrt(apart) / (Math.sqrt(normI) + Math.sqrt(normJ));
  return 1 - dot / (Math.sqrt(normI) * Math.sqrt(normJ));
}
