import type { UnitWaveforms } from '../../core/shared/api.ts';
import { z } from '../../core/shared/zod.ts';
import type { Box, Color, Domain, Mark, Size } from '../gl/mark.ts';
import { pixelLines, plain, roundDown } from './axis.ts';
import { channelNames } from './channelNames.ts';
import { memo } from './memo.ts';
import { fade, mix, unitColor } from './palette.ts';
import { type Cells, probeCells } from './probeCells.ts';
import { unitVersion } from './versions.ts';
import { type Ask, answer, type Data, type View, type ViewState } from './view.ts';

const params = z.object({
  spikes: z.boolean().default(true).meta({ title: 'Single spikes' }).describe('Up to 100 spikes of each unit.'),
  template: z.boolean().default(true).describe('The mean of the spikes the analyzer chose.'),
  mean: z.boolean().default(false).describe('Mean of the spikes that are shown.'),
  std: z.boolean().default(false).meta({ title: '± standard deviation' }).describe('Around the template.'),
  overlap: z.boolean().default(true).meta({ title: 'Over each other' }).describe('Or units side by side.'),
  /** 1: the largest template fills its cell. */
  scale: z.number().positive().default(1).meta({ moment: true }),
  zoom: z.number().positive().default(1).meta({ moment: true }),
  /** CSS pixels */
  pan: z.tuple([z.number(), z.number()]).default([0, 0]).meta({ moment: true }),
});
type WaveformOptions = z.output<typeof params>;

const MAX_UNITS = 8;
const MAX_SPIKES = 100;
const MARGIN = 10;
/** Below the cells, for the scale bars. */
const BOTTOM = 20;
/** The largest peak reaches this many half cells at scale 1, inverted: rows may overlap a little, as traces do. */
const FIT = 0.45;
/** A hundred spikes over each other must not hide the template. */
const SPIKE_OPACITY = 0.25;

export const waveform: View<WaveformOptions> = {
  name: 'waveform',
  label: 'Waveforms',
  help: 'Spikes and template of the selected units, each channel where it sits on the probe (large gaps closed). Wheel zooms, drag moves, ctrl+wheel changes the height; double click fits.',
  params,
  commands: [
    { id: 'spikes', label: 'Single spikes on or off', keys: ['w'], run: (o) => ({ ...o, spikes: !o.spikes }) },
    { id: 'template', label: 'Template on or off', keys: ['t'], run: (o) => ({ ...o, template: !o.template }) },
    { id: 'mean', label: 'Mean of the shown spikes on or off', keys: ['m'], run: (o) => ({ ...o, mean: !o.mean }) },
    { id: 'std', label: 'Standard deviation on or off', keys: ['d'], run: (o) => ({ ...o, std: !o.std }) },
    {
      id: 'overlap',
      label: 'Units over each other or side by side',
      keys: ['o'],
      run: (o) => ({ ...o, overlap: !o.overlap }),
    },
  ],

  query({ session, unitIds }) {
    if (!session.curation) return {};
    const version = unitVersion(session);
    const ask = (unitId: (typeof unitIds)[number]): [string, Ask] => [
      nameOf(unitId),
      { method: 'waveforms', args: { unitIds: [unitId], maxSpikes: MAX_SPIKES }, version },
    ];
    return Object.fromEntries(unitIds.slice(0, MAX_UNITS).map(ask));
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const full = { x: 0, y: 0, ...size };
    const marks: Mark[] = [{ kind: 'fill', box: full, color: palette.background }];
    const units = unitsOf(state, data);
    if (units.length === 0) return marks;
    const channels = [...new Set(units.flatMap(({ waves }) => [...waves.channels]))].sort((a, b) => a - b);
    const cells = probeCells(channels, state.session.layout);
    const place = placer(cells, size, options);
    const largest = Math.max(...units.map(({ waves }) => peak(waves))) || 1;
    const half = (FIT * largest) / options.scale;
    for (const { waves, order, slot } of units) {
      const color = unitColor(palette, order);
      const line = options.spikes ? mix(color, palette.text, 0.45) : color;
      waves.channels.forEach((channel, i) => {
        const cell = place(channel);
        const slots = options.overlap ? 1 : units.length;
        const box = {
          ...cell,
          x: cell.x + (options.overlap ? 0 : slot * cell.width) / slots,
          width: cell.width / slots,
        };
        marks.push(...channelMarks(waves, i, box, half, options, full, { color, line }));
      });
    }
    marks.push(...names(channels, place, state), ...scaleBars(units[0]!.waves, place(channels[0]!), half, size, state));
    return marks;
  },

  explain() {
    return [['Spikes', 'random spikes of the analyzer, or the templates of the sorting']];
  },

  empty({ session, unitIds }) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    return unitIds.length === 0 ? 'Select units in the table to see their waveforms.' : undefined;
  },

  summary(state, data) {
    const units = unitsOf(state, data);
    if (units.length === 0) return '';
    const more = state.unitIds.length > MAX_UNITS ? ` · first ${MAX_UNITS} of ${state.unitIds.length} units` : '';
    if (units.length > 1) return `up to ${MAX_SPIKES} spikes of each of ${units.length} units${more}`;
    const { shown, numSpikes } = units[0]!.waves;
    const all = numSpikes.toLocaleString('en');
    return shown > 0 ? `${shown} of ${all} spikes` : `template of ${all} spikes`;
  },

  read(hit, state, data, options, size) {
    const units = unitsOf(state, data);
    const channels = [...new Set(units.flatMap(({ waves }) => [...waves.channels]))];
    const place = placer(probeCells(channels, state.session.layout), size, options);
    const channel = channels.find((c) => {
      const box = place(c);
      return hit.x >= box.x && hit.x < box.x + box.width && hit.y >= box.y && hit.y < box.y + box.height;
    });
    if (channel === undefined) return undefined;
    const main = units.filter(({ waves }) => waves.extremumChannel === channel).map(({ waves }) => waves.unitId);
    const name = state.session.recording?.channelIds[channel] ?? channel;
    return `channel ${name}${main.length > 0 ? ` · main channel of ${main.join(', ')}` : ''}`;
  },

  drag({ dx, dy }, _state, options) {
    return { ...options, pan: [options.pan[0] + dx, options.pan[1] + dy] };
  },

  wheel(hit, turn, _state, options, size) {
    const factor = 0.8 ** -turn;
    if (hit.ctrl) return { ...options, scale: Math.min(100, Math.max(0.05, options.scale * factor)) };
    const zoom = Math.min(50, Math.max(0.5, options.zoom * factor));
    const by = zoom / options.zoom;
    const move = (at: number, middle: number, pan: number) => (at - middle) * (1 - by) + pan * by;
    return {
      ...options,
      zoom,
      pan: [move(hit.x, size.width / 2, options.pan[0]), move(hit.y, size.height / 2, options.pan[1])],
    };
  },

  reset(options) {
    return { ...options, scale: 1, zoom: 1, pan: [0, 0] };
  },
};

function nameOf(unitId: number | string): string {
  return `${typeof unitId} ${unitId}`;
}

function unitsOf(state: ViewState, data: Data) {
  return state.unitIds
    .slice(0, MAX_UNITS)
    .flatMap((unitId, order) => {
      const waves = answer(data, nameOf(unitId), 'waveforms')?.items[0];
      return waves ? [{ waves, order }] : [];
    })
    .map((unit, slot) => ({ ...unit, slot }));
}

function peak(waves: UnitWaveforms): number {
  return memo(waves, 'peak', () => waves.template.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
}

/** The box of each channel's cell. */
function placer(cells: Cells, size: Size, { zoom, pan }: WaveformOptions): (channel: number) => Box {
  const x = ((size.width - 2 * MARGIN) / (cells.width + cells.cellWidth)) * zoom;
  const y = ((size.height - 2 * MARGIN - BOTTOM) / (cells.height + cells.cellHeight)) * zoom;
  const width = cells.cellWidth * x;
  const height = cells.cellHeight * y;
  const gap = Math.min(8, 0.08 * width);
  return (channel) => {
    const cx = size.width / 2 + pan[0] + (cells.x.get(channel)! - cells.width / 2) * x;
    const cy = (size.height - BOTTOM) / 2 + pan[1] - (cells.y.get(channel)! - cells.height / 2) * y;
    return { x: cx - width / 2 + gap / 2, y: cy - height / 2, width: width - gap, height };
  };
}

function channelMarks(
  waves: UnitWaveforms,
  i: number,
  box: Box,
  half: number,
  options: WaveformOptions,
  clip: Box,
  { color, line }: { readonly color: Color; readonly line: Color },
): Mark[] {
  const { shown, samples } = waves;
  const domain: Domain = [0, -half, samples - 1, half];
  const placed = { box, domain, clip };
  const marks: Mark[] = [];
  if (options.spikes && shown > 0)
    marks.push({
      kind: 'lines',
      ...placed,
      position: spikeLines(waves),
      run: samples,
      from: i * shown,
      to: (i + 1) * shown,
      color: fade(color, SPIKE_OPACITY),
    });
  if (options.std)
    marks.push({
      kind: 'area',
      ...placed,
      position: band(waves),
      run: samples,
      from: i,
      to: i + 1,
      color: fade(color, 0.28),
    });
  if (options.mean && shown > 0)
    marks.push({
      kind: 'lines',
      ...placed,
      position: meanLines(waves),
      run: samples,
      from: i,
      to: i + 1,
      width: 1.2,
      color: fade(color, 0.8),
    });
  if (options.template)
    marks.push({
      kind: 'lines',
      ...placed,
      position: templateLines(waves),
      run: samples,
      from: i,
      to: i + 1,
      width: 1.8,
      color: line,
    });
  return marks;
}

/** out: [channels][shown][samples][sample, value] */
function spikeLines(waves: UnitWaveforms): Float32Array {
  const { spikes, shown, samples } = waves;
  const channels = waves.channels.length;
  return memo(waves, 'spikes', () => {
    const out = new Float32Array(2 * spikes.length);
    let at = 0;
    for (let c = 0; c < channels; c++)
      for (let n = 0; n < shown; n++)
        for (let s = 0; s < samples; s++) {
          out[at++] = s;
          out[at++] = spikes[(n * samples + s) * channels + c]!;
        }
    return out;
  });
}

/** values: [samples][channels]; out: [channels][samples][sample, value] */
function channelLines(values: Float32Array, samples: number, channels: number): Float32Array {
  const out = new Float32Array(2 * values.length);
  let at = 0;
  for (let c = 0; c < channels; c++)
    for (let s = 0; s < samples; s++) {
      out[at++] = s;
      out[at++] = values[s * channels + c]!;
    }
  return out;
}

function templateLines(waves: UnitWaveforms): Float32Array {
  return memo(waves, 'template', () => channelLines(waves.template, waves.samples, waves.channels.length));
}

function meanLines(waves: UnitWaveforms): Float32Array {
  return memo(waves, 'mean', () => {
    const mean = new Float32Array(waves.template.length);
    waves.spikes.forEach((v, i) => {
      mean[i % mean.length] = mean[i % mean.length]! + v / waves.shown;
    });
    return channelLines(mean, waves.samples, waves.channels.length);
  });
}

/** Template less and plus one standard deviation. out: [channels][2][samples][sample, value] */
function band(waves: UnitWaveforms): Float32Array {
  return memo(waves, 'band', () => {
    const { template, std, samples } = waves;
    const channels = waves.channels.length;
    const low = channelLines(
      template.map((v, i) => v - std[i]!),
      samples,
      channels,
    );
    const high = channelLines(
      template.map((v, i) => v + std[i]!),
      samples,
      channels,
    );
    const out = new Float32Array(2 * low.length);
    const each = 2 * samples;
    for (let c = 0; c < channels; c++) {
      out.set(low.subarray(c * each, (c + 1) * each), 2 * c * each);
      out.set(high.subarray(c * each, (c + 1) * each), (2 * c + 1) * each);
    }
    return out;
  });
}

/** Channel names in the upper left of their cells, where there is room. */
function names(channels: readonly number[], place: (channel: number) => Box, { session }: ViewState): Mark[] {
  const labels = channelNames(session.recording);
  return channels.flatMap((channel): Mark[] => {
    const box = place(channel);
    if (box.width < 40 || box.height < 22) return [];
    const text = labels[channel] ?? String(channel);
    return [
      {
        kind: 'label',
        x: box.x + 2,
        y: box.y + 8,
        text,
        align: 'left',
        tone: 'dim',
      },
    ];
  });
}

/** An L in the lower left: so many ms, so many µV. */
function scaleBars(waves: UnitWaveforms, cell: Box, half: number, size: Size, { palette }: ViewState): Mark[] {
  const msPerPixel = (waves.msBefore + waves.msAfter) / cell.width;
  const perPixel = (2 * half) / cell.height;
  const ms = roundDown(msPerPixel * Math.min(80, cell.width));
  const value = roundDown(perPixel * Math.min(64, Math.max(16, cell.height)));
  const x = 10;
  const y = size.height - 24;
  const [right, top] = [x + ms / msPerPixel, y - value / perPixel];
  return [
    pixelLines([x, y, right, y, x, y, x, top], palette.text),
    { kind: 'label', x: x, y: y + 10, text: `${plain(ms)} ms`, align: 'left', tone: 'strong' },
    {
      kind: 'label',
      x: x + 6,
      y: Math.min(top + 6, y - 8),
      text: `${plain(value)} ${waves.unit}`,
      align: 'left',
      tone: 'strong',
    },
  ];
}
