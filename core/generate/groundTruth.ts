import { channelLayout, type ProbeGroup } from '../shared/probe.ts';
import { random } from '../shared/random.ts';
import type { Recording, RecordingInfo } from '../shared/recording.ts';
import type { Sorting } from '../shared/sorting.ts';
import type { Drift } from './drift.ts';
import { drawSizes, injector, type Source, type Train } from './injection.ts';
import { drawNeurons, neuronTemplate, templateWindow } from './neuron.ts';
import { correlatedNoise } from './noise.ts';
import { streamSeed } from './seeds.ts';
import { drawRates, drawTrains } from './trains.ts';

/** All that decides a made recording: plain data, so that every worker can make its stretch of it. */
export interface GroundTruthParams {
  readonly seed: number;
  readonly samplingFrequency: number;
  /** Length of each segment. */
  readonly seconds: readonly number[];
  /** Wired: device_channel_indices 0 to channels - 1. */
  readonly probe: ProbeGroup;
  /** Template peak over the MAD noise of its channel, one a unit. */
  readonly snrs: readonly number[];
  readonly ratesHz: readonly [number, number];
  /** Small units in the signal that are not in the truth, of these SNRs. */
  readonly hashSnrs: readonly number[];
  readonly noiseUv: number;
  /** Standard deviation of a spike's size, as a share. */
  readonly amplitudeJitter: number;
  readonly refractoryMs: number;
  readonly drift?: Drift;
  readonly gainUv: number;
}

/** A made recording (int16 in raw units) with all that is known of it. */
export interface GroundTruth {
  readonly recording: Recording;
  readonly sorting: Sorting;
  /** µV, at rest and without jitter; one a unit. [samples][channels] */
  readonly templates: readonly Float32Array[];
  /** Frame of the trough in a template, and its frames. */
  readonly before: number;
  readonly samples: number;
}

export function groundTruth(params: GroundTruthParams): GroundTruth {
  const { seed, samplingFrequency, probe, gainUv } = params;
  const channels = probe.probes.reduce((sum, p) => sum + p.contact_positions.length, 0);
  const layout = channelLayout(probe, channels);
  if (!layout) throw new Error('the probe of a made recording must be wired to channels 0 to n - 1');
  const numFrames = params.seconds.map((s) => Math.round(s * samplingFrequency));
  const [before, samples] = templateWindow(samplingFrequency);

  const fire = (rates: Float64Array, stream: 'trains' | 'hashTrains'): Train[] =>
    numFrames.map((frames, segment) => {
      const r = random(streamSeed(seed, stream, segment));
      const spikes = drawTrains(rates, frames, samplingFrequency, params.refractoryMs, samples, r);
      return drawSizes(spikes, params.amplitudeJitter, r);
    });

  const hashRandom = random(streamSeed(seed, 'hash'));
  const hash = drawNeurons(params.hashSnrs.length, layout, 0, hashRandom).map(
    (neuron, i): Source => ({ neuron, peakUv: params.hashSnrs[i]! * params.noiseUv }),
  );
  const hashTrains = fire(drawRates(hash.length, 2, 15, hashRandom), 'hashTrains');
  const noise = correlatedNoise(layout, params.noiseUv, seed);
  const addHash = injector(hash, hashTrains, layout, samplingFrequency, params.drift);
  const background = (segment: number, startFrame: number, endFrame: number): Float32Array => {
    const out = new Float32Array((endFrame - startFrame) * channels);
    noise.add(segment, startFrame, endFrame, out);
    addHash(segment, startFrame, endFrame, out);
    return out;
  };

  // SNR is told against the recording's own noise, which the hash is part of: so measure it, then size the units.
  const calm = background(0, 0, Math.min(numFrames[0] ?? 0, Math.round(samplingFrequency)));
  const unitRandom = random(streamSeed(seed, 'units'));
  const units = drawNeurons(params.snrs.length, layout, 20, unitRandom).map((neuron, i): Source => {
    const main = peakChannel(neuronTemplate(neuron, layout, samplingFrequency), channels);
    return { neuron, peakUv: params.snrs[i]! * madOfChannel(calm, main, channels) };
  });
  const trains = fire(drawRates(units.length, ...params.ratesHz, unitRandom), 'trains');
  const addUnits = injector(units, trains, layout, samplingFrequency, params.drift);

  const info: RecordingInfo = {
    samplingFrequency,
    channelIds: Array.from({ length: channels }, (_, c) => c),
    numFrames,
    tStart: numFrames.map(() => 0),
    dtype: 'int16',
    gainToUv: Array.from({ length: channels }, () => gainUv),
    offsetToUv: Array.from({ length: channels }, () => 0),
    isFiltered: false,
    probe,
    properties: {},
    annotations: {},
  };
  async function read(segment: number, startFrame: number, endFrame: number): Promise<Float32Array> {
    const frames = numFrames[segment];
    if (frames === undefined || startFrame < 0 || endFrame > frames || startFrame > endFrame)
      throw new RangeError(`frames ${startFrame} to ${endFrame} of segment ${segment}`);
    const out = background(segment, startFrame, endFrame);
    addUnits(segment, startFrame, endFrame, out);
    for (let i = 0; i < out.length; i++) out[i] = wholeInt16(out[i]! / gainUv);
    return out;
  }
  return {
    recording: { info, read, close() {} },
    sorting: {
      samplingFrequency,
      unitIds: units.map((_, i) => i),
      segments: trains.map((train) => train.spikes),
      properties: { snr: [...params.snrs] },
    },
    templates: units.map((unit) => neuronTemplate(unit.neuron, layout, samplingFrequency).map((v) => v * unit.peakUv)),
    before,
    samples,
  };
}

/** Rounded, within int16; adding 0 makes of -0 the 0 that a file holds. */
function wholeInt16(value: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(value))) + 0;
}

function peakChannel(template: Float32Array, channels: number): number {
  let at = 0;
  for (let i = 0; i < template.length; i++) if (template[i]! < template[at]!) at = i;
  return at % channels;
}

/** Median of |x - median| over 0.6745: a standard deviation that spikes hardly move. data: [frames][channels] */
function madOfChannel(data: Float32Array, channel: number, channels: number): number {
  const values = new Float32Array(data.length / channels);
  for (let f = 0; f < values.length; f++) values[f] = data[f * channels + channel]!;
  values.sort();
  const median = values[values.length >> 1] ?? 0;
  for (let f = 0; f < values.length; f++) values[f] = Math.abs(values[f]! - median);
  values.sort();
  return (values[values.length >> 1] ?? 0) / 0.6744897501960817;
}
