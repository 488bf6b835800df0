import { abortError, UserError } from '../shared/errors.ts';
import type { Recording, RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { joinedEvents, type Period } from './periods.ts';

/** How amplifier saturation is told: SpikeInterface's parameters of detect_saturation_periods. */
export const saturationParams = {
  saturation_threshold_uV: z
    .number()
    .nullable()
    .default(null)
    .describe(
      'A channel beyond it counts as saturated. 1200 is usual for Neuropixels 1.0. Empty: what the recording itself says (its annotation saturation_threshold_uV).',
    )
    .meta({ title: 'Threshold', unit: 'µV' }),
  diff_threshold_uV: z
    .number()
    .nullable()
    .default(null)
    .describe(
      'A channel that jumps by at least this much from one frame to the next counts as saturated too; 300 for Neuropixels 1.0. Empty: jumps do not matter.',
    )
    .meta({ title: 'Jump', unit: 'µV/frame' }),
  proportion: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe('More than this share of the channels must be saturated at once. Usually 0.2.')
    .meta({ title: 'Share of channels' }),
  signed: z
    .boolean()
    .default(false)
    .describe('Look for positive and negative saturation apart, and say which it was. Usually no.')
    .meta({ title: 'By sign', advanced: true }),
};

interface SaturationParams {
  readonly saturation_threshold_uV: number | null;
  readonly diff_threshold_uV: number | null;
  readonly proportion: number;
  readonly signed: boolean;
}

type Sign = 'positive' | 'negative';
export type SaturationPeriod = Period & { readonly sign?: Sign };

/** Thresholds in raw units. UserError if they are not known. */
export function saturationThresholds(step: string, info: RecordingInfo, params: SaturationParams) {
  const { gainToUv, offsetToUv, annotations } = info;
  const told = params.saturation_threshold_uV ?? annotations.saturation_threshold_uV;
  if (typeof told !== 'number')
    throw new UserError(`step "${step}": saturation_threshold_uV is not given, and the recording does not say it`, {
      hint: 'Usual is 1200 for Neuropixels 1.0; else a little below the largest voltage the amplifier can give.',
    });
  if (!gainToUv)
    throw new UserError(
      `step "${step}": thresholds are in µV, and the recording does not say how many µV a raw unit is`,
      {
        hint: 'Give the recording its gain (gain_to_uV) where it is opened.',
      },
    );
  const { diff_threshold_uV: jump } = params;
  return {
    value: Float64Array.from(gainToUv, (gain, c) => (told - (offsetToUv?.[c] ?? 0)) / gain),
    jump: jump === null ? undefined : Float64Array.from(gainToUv, (gain) => jump / gain),
  };
}

/**
 * As SpikeInterface's detect_saturation_periods, over the whole recording: it compares raw absolute values. Jumps are
 * seen across blocks too, where SpikeInterface does not look beyond its chunks.
 */
export async function saturationPeriods(
  step: string,
  recording: Recording,
  params: SaturationParams,
  signal: AbortSignal,
): Promise<SaturationPeriod[]> {
  const thresholds = saturationThresholds(step, recording.info, params);
  const kinds: readonly (Sign | undefined)[] = params.signed ? ['positive', 'negative'] : [undefined];
  const { numFrames, samplingFrequency, channelIds } = recording.info;
  const block = Math.max(1, Math.round(samplingFrequency));
  const found: SaturationPeriod[] = [];
  for (const [segment, frames] of numFrames.entries()) {
    const runs = kinds.map((sign) => ({ sign, start: -1 }));
    for (let from = 0; from < frames; from += block) {
      if (signal.aborted) throw abortError();
      const to = Math.min(frames, from + block);
      // One frame more: the jump from the last frame to the next.
      const data = await recording.read(segment, from, Math.min(frames, to + 1));
      for (const run of runs) {
        const saturated = saturatedFrames(data, to - from, channelIds.length, thresholds, params.proportion, run.sign);
        for (let f = 0; f < saturated.length; f++) {
          if (saturated[f] && run.start < 0) run.start = from + f;
          else if (!saturated[f] && run.start >= 0) {
            found.push(period(segment, run.start, from + f, run.sign));
            run.start = -1;
          }
        }
      }
    }
    for (const { sign, start } of runs) if (start >= 0) found.push(period(segment, start, frames, sign));
  }
  return joinedEvents(found);
}

function period(segment: number, start: number, end: number, sign: Sign | undefined): SaturationPeriod {
  return { segment, start, end, ...(sign && { sign }) };
}

/** 1 for each frame at which more than `proportion` of the channels are beyond a threshold. */
function saturatedFrames(
  data: Float32Array,
  frames: number,
  channels: number,
  { value, jump }: { readonly value: Float64Array; readonly jump: Float64Array | undefined },
  proportion: number,
  sign: Sign | undefined,
): Uint8Array {
  const out = new Uint8Array(frames);
  const most = proportion * channels;
  const signed = new Float32Array(data.length);
  if (sign === undefined) for (let i = 0; i < data.length; i++) signed[i] = Math.abs(data[i]!);
  else for (let i = 0; i < data.length; i++) signed[i] = sign === 'negative' ? -data[i]! : data[i]!;
  for (let f = 0; f < frames; f++) {
    const at = f * channels;
    let beyond = 0;
    for (let c = 0; c < channels; c++) if (signed[at + c]! > value[c]!) beyond++;
    out[f] = beyond > most ? 1 : 0;
    if (!jump || out[f] || at + 2 * channels > data.length) continue;
    let jumped = 0;
    for (let c = 0, i = at; c < channels; c++, i++)
      if (Math.abs(signed[i + channels]! - signed[i]!) >= jump[c]!) jumped++;
    out[f] = jumped > most ? 1 : 0;
  }
  return out;
}
