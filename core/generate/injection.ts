import type { ChannelLayout } from '../shared/probe.ts';
import type { Random } from '../shared/random.ts';
import type { SegmentSpikes } from '../shared/sorting.ts';
import { type Drift, displacementUm } from './drift.ts';
import { type Neuron, neuronTemplate, templateWindow } from './neuron.ts';

/** A neuron with its size: its template's largest trough at rest, µV. */
export interface Source {
  readonly neuron: Neuron;
  readonly peakUv: number;
}

/** When the sources fire in one segment; size and sub-frame phase of each spike. unitIndex: row of the source. */
export interface Train {
  readonly spikes: SegmentSpikes;
  readonly size: Float32Array;
  readonly phase: Uint8Array;
}

/** Sub-frame positions of a trough. */
const PHASES = 8;

export function drawSizes(spikes: SegmentSpikes, jitter: number, r: Random): Train {
  const size = new Float32Array(spikes.sampleIndex.length);
  const phase = new Uint8Array(size.length);
  for (let i = 0; i < size.length; i++) {
    size[i] = Math.min(1.5, Math.max(0.6, 1 + jitter * r.gaussian()));
    phase[i] = r.integer(PHASES);
  }
  return { spikes, size, phase };
}

/** A function that adds what falls in frames [startFrame, endFrame) to `out`, [frames][channels], µV. */
export function injector(
  sources: readonly Source[],
  trains: readonly Train[],
  layout: ChannelLayout,
  samplingFrequency: number,
  drift?: Drift,
): (segment: number, startFrame: number, endFrame: number, out: Float32Array) => void {
  const channels = layout.x.length;
  const [before, samples] = templateWindow(samplingFrequency);
  const made = sources.map(() => new Map<number, Float32Array>());

  function template(unit: number, phase: number, driftUm: number): Float32Array {
    const key = driftUm * PHASES + phase;
    const known = made[unit]!.get(key);
    if (known) return known;
    const { neuron, peakUv } = sources[unit]!;
    const shift = (phase + 0.5) / PHASES - 0.5;
    const shape = neuronTemplate(neuron, layout, samplingFrequency, shift, driftUm).map((v) => v * peakUv);
    made[unit]!.set(key, shape);
    return shape;
  }

  return (segment, startFrame, endFrame, out) => {
    const { spikes, size, phase } = trains[segment]!;
    for (let i = firstAt(spikes.sampleIndex, startFrame - samples); i < size.length; i++) {
      const frame = spikes.sampleIndex[i]!;
      const start = frame - before;
      if (start >= endFrame) break;
      const shape = template(spikes.unitIndex[i]!, phase[i]!, displacementUm(drift, frame / samplingFrequency));
      const offset = (startFrame - start) * channels;
      const to = (Math.min(start + samples, endFrame) - startFrame) * channels;
      for (let k = Math.max(0, -offset); k < to; k++) out[k]! += size[i]! * shape[k + offset]!;
    }
  };
}

/** Index of the first value that is not below `frame`; values ascending. */
function firstAt(values: Float64Array, frame: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}
