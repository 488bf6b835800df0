import type { SegmentSpikes } from '../shared/sorting.ts';
import { mergedTrains, type UnitTrains } from '../shared/unitTrains.ts';

/** How a correlogram is cut, in frames. */
export interface CorrelogramBins {
  /** Half the window: lags from -windowFrames (included) to windowFrames (not included). */
  readonly windowFrames: number;
  readonly binFrames: number;
  readonly bins: number;
  /** bins + 1 borders, ms. */
  readonly edgesMs: Float64Array;
}

/** Bins of whole frames, as SpikeInterface's: a window that is no multiple of the bin is cut. */
export function correlogramBins(samplingFrequency: number, windowMs: number, binMs: number): CorrelogramBins {
  const binFrames = Math.max(1, roundHalfEven(samplingFrequency * binMs * 1e-3));
  const half = roundHalfEven((samplingFrequency * windowMs * 1e-3) / 2);
  const windowFrames = Math.max(binFrames, half - (half % binFrames));
  const bins = (2 * windowFrames) / binFrames;
  const edgesMs = Float64Array.from(
    { length: bins + 1 },
    (_, i) => ((i * binFrames - windowFrames) * 1e3) / samplingFrequency,
  );
  return { windowFrames, binFrames, bins, edgesMs };
}

/** Python's round. */
export function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/**
 * Adds every pair of spikes within the window: counts[i][j][bin] is how often unit i fires at that lag after unit j
 * (SpikeInterface's correlograms: row unit minus column unit). A spike is never paired with itself.
 * `from`, `to`: pairs whose earlier spike is one of these, so that long work can be done in pieces.
 * counts: [units][units][bins]
 */
export function addCorrelograms(
  counts: Int32Array,
  { sampleIndex, unitIndex }: SegmentSpikes,
  units: number,
  { windowFrames, binFrames, bins }: CorrelogramBins,
  from = 0,
  to = sampleIndex.length,
): void {
  const half = bins / 2;
  const n = sampleIndex.length;
  for (let i = from; i < Math.min(to, n); i++) {
    const sample = sampleIndex[i]!;
    const unit = unitIndex[i]!;
    for (let j = i + 1; j < n; j++) {
      const lag = sampleIndex[j]! - sample;
      if (lag > windowFrames) break;
      const later = unitIndex[j]!;
      const bin = Math.floor(lag / binFrames);
      // The window's right end belongs to no bin, its left end to the first.
      if (lag < windowFrames) counts[(later * units + unit) * bins + half + bin]!++;
      counts[(unit * units + later) * bins + half - (bin * binFrames === lag ? bin : bin + 1)]!++;
    }
  }
}

/**
 * Exact correlograms of units that are unions of original ones: those of their parts added up.
 * `rows`: indices of original units in each row. out: [rows][rows][bins]
 */
export function correlogramsOfUnions(
  trains: UnitTrains,
  rows: readonly (readonly number[])[],
  bins: CorrelogramBins,
): Float64Array {
  const originals = [...new Set(rows.flat())];
  const at = new Map(originals.map((unit, i) => [unit, i]));
  const parts = new Int32Array(originals.length ** 2 * bins.bins);
  for (let segment = 0; segment < trains.segments; segment++) {
    const spikes = mergedTrains(originals.map((unit) => trains.train(unit, segment)));
    addCorrelograms(parts, spikes, originals.length, bins);
  }
  const counts = new Float64Array(rows.length ** 2 * bins.bins);
  rows.forEach((row, i) => {
    rows.forEach((column, j) => {
      const out = (i * rows.length + j) * bins.bins;
      for (const a of row)
        for (const b of column) {
          const from = (at.get(a)! * originals.length + at.get(b)!) * bins.bins;
          for (let k = 0; k < bins.bins; k++) counts[out + k]! += parts[from + k]!;
        }
    });
  });
  return counts;
}
