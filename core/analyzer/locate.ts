import type { ChannelLayout } from '../shared/probe.ts';
import { type CenterFeature, centerOfMass, featureOf } from './centerOfMass.ts';
import { fitMonopole } from './monopole.ts';

export interface LocationParams {
  readonly method: 'monopolar_triangulation' | 'center_of_mass';
  readonly feature: CenterFeature;
  readonly max_distance_um: number;
}

/** Where a template [samples][channels] comes from: x, y and, for the point source, z. */
export function locate(
  template: Float32Array,
  channels: Int32Array,
  nbefore: number,
  { x, y }: ChannelLayout,
  { method, feature, max_distance_um }: LocationParams,
): readonly [x: number, y: number, z?: number] {
  const samples = template.length / channels.length;
  const strength = Float64Array.from(channels, (_, k) =>
    featureOf(template, k, channels.length, samples, nbefore, feature),
  );
  if (method === 'center_of_mass') return centerOfMass(strength, channels, x, y);
  const place = fitMonopole(strength.map(Math.abs), channels, x, y, max_distance_um);
  return [place.x, place.y, place.z];
}
