import type { BadChannelFigure, BadChannelLabel, ChannelVerdict } from '../shared/badChannels.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import type { DetectionParams } from './badChannelParams.ts';
import type { Verdict } from './findBadChannels.ts';

/** The verdict on every channel, in words and numbers, in channel order. */
export function explainBadChannels(
  info: RecordingInfo,
  params: DetectionParams,
  { channel_labels, evidence }: Verdict,
): readonly ChannelVerdict[] {
  const figuresOf = { 'coherence+psd': coherence, std: loudness, mad: loudness, neighborhood_r2: likeness }[
    params.method
  ];
  return info.channelIds.map((channelId, c) => {
    const label = channel_labels[c] ?? 'good';
    const figures = figuresOf(info, params, evidence, c);
    const agreement = evidence.agreement?.[c];
    return {
      channelId,
      label,
      reason: reasonOf(label, figures),
      figures,
      ...(typeof agreement === 'number' && { agreement }),
    };
  });
}

type Evidence = Verdict['evidence'];

const at = (evidence: Evidence, name: string, c: number) => evidence[name]?.[c] ?? Number.NaN;

function coherence(info: RecordingInfo, params: DetectionParams, evidence: Evidence, c: number): BadChannelFigure[] {
  const from = Math.round((info.samplingFrequency / 2) * params.nyquist_threshold) / 1000;
  const trend = at(evidence, 'trend', c);
  const apart = at(evidence, 'similarity', c) - trend;
  return [
    figure(`power above ${from} kHz`, at(evidence, 'psd_hf', c), 'µV²/Hz', 'above', params.psd_hf_threshold),
    figure('similarity to the probe, less that of its neighbours', apart, '', 'below', params.dead_channel_threshold),
    figure('similarity to the probe, less that of its neighbours', apart, '', 'above', params.noisy_channel_threshold),
    figure('similarity of its surroundings to the probe', trend, '', 'below', 1 + params.outside_channel_threshold),
  ];
}

function loudness(_info: RecordingInfo, params: DetectionParams, evidence: Evidence, c: number): BadChannelFigure[] {
  const all = (evidence.deviation ?? []).map((value) => value ?? Number.NaN).sort((a, b) => a - b);
  const middle = ((all[(all.length - 1) >> 1] ?? 0) + (all[all.length >> 1] ?? 0)) / 2;
  const name = params.method === 'std' ? 'standard deviation' : 'median absolute deviation';
  return [
    figure(
      `${name} of the median channel's`,
      at(evidence, 'deviation', c) / middle,
      '×',
      'above',
      params.std_mad_threshold,
    ),
  ];
}

function likeness(_info: RecordingInfo, params: DetectionParams, evidence: Evidence, c: number): BadChannelFigure[] {
  const value = at(evidence, 'r2', c);
  return [figure('part explained by its neighbours (R²)', value, '', 'below', params.neighborhood_r2_threshold)];
}

function figure(
  name: string,
  value: number,
  unit: string,
  side: 'above' | 'below',
  threshold: number,
): BadChannelFigure {
  return {
    name,
    value,
    unit,
    bad: { side, threshold },
    isBad: side === 'above' ? value > threshold : value < threshold,
  };
}

const words: Readonly<Record<BadChannelLabel, string>> = {
  good: 'Hears what its neighbours hear',
  dead: 'Hears little of what its neighbours hear',
  noise: 'Noisy',
  out: 'At an end of the probe that hears nothing of what the rest hears: outside the brain',
};

function reasonOf(label: BadChannelLabel, figures: readonly BadChannelFigure[]): string {
  const said = (label === 'good' ? figures.slice(0, 1) : figures.filter((f) => f.isBad)).map(
    ({ name, value, unit, bad }) => {
      if (Number.isNaN(value)) return `${name}: not known`;
      const limit = bad && `, ${bad.side === 'above' ? 'most' : 'least'} is ${short(bad.threshold)}`;
      return `${name} ${short(value)}${unit && ` ${unit}`}${limit ?? ''}`;
    },
  );
  return said.length === 0 ? `${words[label]}.` : `${words[label]}: ${said.join('; ')}.`;
}

const short = (value: number) => String(Number(value.toPrecision(3)));
