/** A filter as second-order sections, ready to run forward and backward. */
export interface SosFilter {
  /** [sections][6]: b1 b2 a1 a2 (b0 and a0 are 1), then z0 z1, the state a constant input of 1 settles to. */
  readonly sections: Float64Array;
  /** Of all sections together. */
  readonly gain: number;
  /** Frames the signal is continued at both ends, point-mirrored, before filtering. */
  readonly edge: number;
}

/** Numbers a section has in SosFilter.sections. */
export const SECTION_SIZE = 6;

/**
 * Zero-phase filter of every channel of `data` [frames][channels], in place: as SciPy's sosfiltfilt with its default
 * odd padding (shorter where there are fewer frames than padding). State and what lies between the two directions are
 * float64. Twin of the kernel sosfiltfilt.
 */
export function sosFiltFilt(data: Float32Array, frames: number, channels: number, filter: SosFilter): void {
  const edge = edgeOf(filter, frames);
  const row = new Float64Array(frames + 2 * edge);
  const scale = filter.gain ** 2;
  for (let c = 0; c < channels; c++) {
    const first = data[c]! * scale;
    const last = data[(frames - 1) * channels + c]! * scale;
    for (let f = 0; f < frames; f++) row[edge + f] = data[f * channels + c]! * scale;
    for (let e = 0; e < edge; e++) {
      row[e] = 2 * first - row[2 * edge - e]!;
      row[edge + frames + e] = 2 * last - row[edge + frames - 2 - e]!;
    }
    sosFilt(row, filter.sections, row[0] ?? 0);
    row.reverse();
    sosFilt(row, filter.sections, row[0] ?? 0);
    for (let f = 0; f < frames; f++) data[f * channels + c] = row[edge + frames - 1 - f]!;
  }
}

/**
 * One direction only, from rest, in place: as SciPy's sosfilt, on the flipped traces where `backward`. Every sample
 * then depends on earlier (later) ones alone, and waves come out delayed.
 */
export function sosOneWay(data: Float32Array, frames: number, channels: number, filter: SosFilter, backward: boolean) {
  const row = new Float64Array(frames);
  for (let c = 0; c < channels; c++) {
    for (let f = 0; f < frames; f++) row[f] = data[f * channels + c]! * filter.gain;
    if (backward) row.reverse();
    sosFilt(row, filter.sections, 0);
    if (backward) row.reverse();
    for (let f = 0; f < frames; f++) data[f * channels + c] = row[f]!;
  }
}

/** The padding there is room for: a block shorter than the filter's own is mirrored as far as it goes. */
export function edgeOf(filter: SosFilter, frames: number): number {
  return Math.max(0, Math.min(filter.edge, frames - 1));
}

/** One direction, in place, from the state that `start` for ever would have left. Direct form II transposed. */
function sosFilt(row: Float64Array, sections: Float64Array, start: number): void {
  for (let s = 0; s < sections.length; s += SECTION_SIZE) {
    const b1 = sections[s]!;
    const b2 = sections[s + 1]!;
    const a1 = sections[s + 2]!;
    const a2 = sections[s + 3]!;
    let z0 = sections[s + 4]! * start;
    let z1 = sections[s + 5]! * start;
    for (let i = 0; i < row.length; i++) {
      const x = row[i]!;
      const y = x + z0;
      z0 = b1 * x + z1 - a1 * y;
      z1 = b2 * x - a2 * y;
      row[i] = y;
    }
  }
}
