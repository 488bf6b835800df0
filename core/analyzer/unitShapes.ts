import { type PeakSign, peakShift } from './mainChannels.ts';
import type { Templates } from './templates.ts';

/** Frames from the spike to the template's peak on its main channel, a unit. */
export function peakShifts(templates: Templates, mainChannels: Int32Array, sign: PeakSign): Int32Array {
  const { average, samples, channels, nbefore } = templates;
  return mainChannels.map((main, unit) =>
    peakShift(average, unit * samples * channels + main, channels, samples, nbefore, sign),
  );
}

/** The template of one unit on one channel. */
export function channelTemplate(
  { average, samples, channels }: Templates,
  unit: number,
  channel: number,
): Float32Array {
  return Float32Array.from({ length: samples }, (_, s) => average[(unit * samples + s) * channels + channel]!);
}

/** The template of one unit on some channels: [samples][channels]. */
export function templateOn({ average, samples, channels }: Templates, unit: number, on: Int32Array): Float32Array {
  const out = new Float32Array(samples * on.length);
  for (let s = 0; s < samples; s++)
    for (let k = 0; k < on.length; k++) out[s * on.length + k] = average[(unit * samples + s) * channels + on[k]!]!;
  return out;
}
