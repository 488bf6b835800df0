import type { ChannelLayout } from '../shared/probe.ts';
import type { Random } from '../shared/random.ts';
import { drawShape, type Shape, wave } from './shape.ts';

/** A made neuron: where it sits (µm, z away from the probe), how its field falls off, its shape in time. */
export interface Neuron {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** The field's levels are ellipses in the probe's plane: `shrink` is the short axis over the long one. */
  readonly angle: number;
  readonly shrink: number;
  /** The field falls by e over this distance. */
  readonly decayUm: number;
  /** µm per ms: far channels see the spike later. */
  readonly speed: number;
  readonly shape: Shape;
}

const MS_BEFORE = 1;
const MS_AFTER = 2.5;

/** Neurons around the contacts, no two nearer than `distanceUm` as long as there is room. */
export function drawNeurons(count: number, layout: ChannelLayout, distanceUm: number, r: Random): Neuron[] {
  const between = (low: number, high: number) => low + (high - low) * r.uniform();
  const [left, right] = range(layout.x);
  const [bottom, top] = range(layout.y);
  const neurons: Neuron[] = [];
  for (let tries = 0; neurons.length < count; tries++) {
    const x = between(left - 10, right + 10);
    const y = between(bottom - 10, top + 10);
    const z = between(5, 40);
    const crowded = neurons.some((other) => Math.hypot(other.x - x, other.y - y, other.z - z) < distanceUm);
    if (crowded && tries < 200 * count) continue;
    neurons.push({
      ...{ x, y, z },
      angle: between(0, Math.PI),
      shrink: between(0.5, 1),
      decayUm: between(15, 40),
      speed: between(250, 350),
      shape: drawShape(r),
    });
  }
  return neurons;
}

/**
 * What the contacts see of one spike whose trough is `shift` frames after frame `before`, with the neuron moved by
 * `driftUm` along y. The largest trough at rest is -1. out: [samples][channels]
 */
export function neuronTemplate(
  neuron: Neuron,
  layout: ChannelLayout,
  samplingFrequency: number,
  shift = 0,
  driftUm = 0,
): Float32Array {
  const channels = layout.x.length;
  const [before, samples] = templateWindow(samplingFrequency);
  const out = new Float32Array(samples * channels);
  let nearest = Number.POSITIVE_INFINITY;
  for (let c = 0; c < channels; c++)
    nearest = Math.min(nearest, fieldDistance(neuron, layout.x[c]!, layout.y[c]!, neuron.y));
  for (let c = 0; c < channels; c++) {
    const y = neuron.y + driftUm;
    const gain = Math.exp((nearest - fieldDistance(neuron, layout.x[c]!, layout.y[c]!, y)) / neuron.decayUm);
    if (gain < 0.003) continue;
    const far = Math.hypot(layout.x[c]! - neuron.x, layout.y[c]! - y, neuron.z) - neuron.z;
    const delayMs = far / neuron.speed;
    for (let s = 0; s < samples; s++) {
      const tMs = ((s - before - shift) / samplingFrequency) * 1000 - delayMs;
      out[s * channels + c] = gain * wave(neuron.shape, tMs);
    }
  }
  return out;
}

/** Frames before the trough, and in all. */
export function templateWindow(samplingFrequency: number): [before: number, samples: number] {
  const before = Math.round((MS_BEFORE * samplingFrequency) / 1000);
  return [before, before + Math.round((MS_AFTER * samplingFrequency) / 1000)];
}

function fieldDistance(neuron: Neuron, x: number, y: number, neuronY: number): number {
  const dx = x - neuron.x;
  const dy = y - neuronY;
  const along = dx * Math.cos(neuron.angle) + dy * Math.sin(neuron.angle);
  const across = dy * Math.cos(neuron.angle) - dx * Math.sin(neuron.angle);
  return Math.hypot(along, across / neuron.shrink, neuron.z);
}

function range(values: Float64Array): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
