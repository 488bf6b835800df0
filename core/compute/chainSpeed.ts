import { CHUNK_FRAMES } from './pyramidShape.ts';
import type { Worked } from './tilesJob.ts';

/** Samples a millisecond that a worker reads, before it was measured: of a file, and through each step. */
const RAW = 200_000;
const A_STEP = 100_000;

/** How fast a chain is read on this machine now: a guess at first, then what the jobs have shown. */
export class ChainSpeed {
  #samplesAMs: number;

  constructor(steps: number) {
    this.#samplesAMs = 1 / (1 / RAW + steps / A_STEP);
  }

  /** Short jobs tell of starting, not of reading. */
  add({ samples, ms }: Worked): void {
    if (samples > 500_000 && ms > 0) this.#samplesAMs = this.#samplesAMs ** 0.7 * (samples / ms) ** 0.3;
  }

  /** Of one worker. */
  msFor(samples: number): number {
    return samples / this.#samplesAMs;
  }

  samplesIn(ms: number): number {
    return ms * this.#samplesAMs;
  }

  /** Chunks of a pyramid that a worker reads at once in that time; at least one. */
  chunksIn(ms: number, channels: number, margin: number): number {
    return Math.max(1, Math.floor((this.samplesIn(ms) / channels - 2 * margin) / CHUNK_FRAMES));
  }
}
