import type { UnitWaveforms } from '../../core/shared/api.ts';
import { z } from '../../core/shared/zod.ts';
import type { Box, Domain, ImageMark, Mark, Size } from '../gl/mark.ts';
import { bottomAxis, plain } from './axis.ts';
import { channelNames } from './channelNames.ts';
import { explainSpikes } from './explainUnits.ts';
import { memo } from './memo.ts';
import { memoLast } from './memoLast.ts';
import { unitColor } from './palette.ts';
import { moreUnits } from './shownUnits.ts';
import { unitVersion } from './versions.ts';
import { answer, type Data, type Hit, type View, type ViewState } from './view.ts';

const params = z.object({
  same: z
    .boolean()
    .default(true)
    .meta({ title: 'Same colours' })
    .describe('One scale of colours for all units; or each its own, so that small units are seen too.'),
});
type TemplateImageOptions = z.output<typeof params>;

const MAX_UNITS = 8;
const TOP = 18;
const BOTTOM = 22;
const LEFT = 40;
const GAP = 8;

export const templateImage: View<TemplateImageOptions> = {
  name: 'templateImage',
  label: 'Template image',
  help: 'The template of each selected unit as colours: time to the right, channels by depth upwards; empty where a unit does not keep a channel. What travels along the probe, and what two units share, is seen at a glance. Click a channel to go to it in other views.',
  params,
  bar: ['same'],

  query({ session, unitIds }) {
    if (!session.curation) return {};
    const version = unitVersion(session);
    return Object.fromEntries(
      unitIds.slice(0, MAX_UNITS).map((unitId) => {
        const args = { unitIds: [unitId], maxSpikes: 0 };
        return [`${typeof unitId} ${unitId}`, { method: 'waveforms', args, version }] as const;
      }),
    );
  },

  draw(state, data, { same }, size) {
    const { palette } = state;
    const marks: Mark[] = [{ kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background }];
    const shown = shownUnits(state, data);
    const largest = Math.max(...shown.map(({ waves }) => peak(waves)), Number.MIN_VALUE);
    const rows = rowsOf(shown, state);
    shown.forEach(({ waves, order }, slot) => {
      const box = slotBox(slot, shown.length, size);
      marks.push(image(waves, rows, box, same ? largest : peak(waves), state));
      marks.push({
        kind: 'label',
        x: box.x + box.width / 2,
        y: TOP / 2,
        text: String(waves.unitId),
        align: 'center',
        tone: 'strong',
        color: unitColor(palette, order),
      });
      marks.push(...bottomAxis({ box, from: -waves.msBefore, to: waves.msAfter, unit: 'ms', palette }));
      if (slot === 0) marks.push(...rowNames(rows, box, state));
    });
    return marks;
  },

  empty({ session, unitIds }) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    return unitIds.length === 0 ? 'Select units in the table to see their templates.' : undefined;
  },

  summary(state, data) {
    const shown = shownUnits(state, data);
    const largest = Math.max(0, ...shown.map(({ waves }) => peak(waves)));
    const unit = shown[0]?.waves.unit ?? '';
    return shown.length === 0
      ? ''
      : `colours: ±${plain(Number(largest.toPrecision(3)))} ${unit}${moreUnits(state, MAX_UNITS)}`;
  },

  explain(state, data) {
    return [
      ...explainSpikes(state),
      ...shownUnits(state, data).map(({ waves }) => {
        const text = `template of ${waves.numSpikes.toLocaleString('en')} spikes on ${waves.channels.length} channels`;
        return [`Unit ${waves.unitId}`, text] as const;
      }),
    ];
  },

  read(hit, state, data, _options, size) {
    const at = under(hit, state, data, size);
    if (!at) return undefined;
    const { waves, sample, channel, ms } = at;
    const column = waves.channels.indexOf(channel);
    const value = waves.template[sample * waves.channels.length + column];
    const name = String(state.session.recording?.channelIds[channel] ?? channel);
    const text =
      column < 0 || value === undefined ? 'not kept there' : `${plain(Number(value.toPrecision(3)))} ${waves.unit}`;
    return `unit ${waves.unitId} · channel ${name} · ${ms.toFixed(2)} ms · ${text}`;
  },

  point(hit, state, data, _options, size) {
    const at = under(hit, state, data, size);
    return at && { unitId: at.waves.unitId, channel: at.channel };
  },

  echo({ unitId }, state, data, _options, size) {
    const shown = shownUnits(state, data);
    const slot = shown.findIndex(({ waves }) => waves.unitId === unitId);
    return slot < 0 ? [] : [{ kind: 'frame', box: slotBox(slot, shown.length, size) }];
  },

  pick(hit, state, data, _options, size) {
    const at = under(hit, state, data, size);
    return at && { kind: 'focus', focus: { channel: at.channel } };
  },
};

function shownUnits({ unitIds }: ViewState, data: Data) {
  return unitIds.slice(0, MAX_UNITS).flatMap((unitId, order) => {
    const waves = answer(data, `${typeof unitId} ${unitId}`, 'waveforms')?.items[0];
    return waves ? [{ waves, order }] : [];
  });
}

/** All channels of the units shown, the deepest first. */
function rowsOf(shown: readonly { readonly waves: UnitWaveforms }[], { session: { layout } }: ViewState): number[] {
  const y = (channel: number) => layout?.y[channel] ?? channel;
  const x = (channel: number) => layout?.x[channel] ?? 0;
  const channels = new Set(shown.flatMap(({ waves }) => [...waves.channels]));
  return [...channels].sort((a, b) => y(a) - y(b) || x(a) - x(b));
}

function slotBox(slot: number, slots: number, size: Size): Box {
  const width = Math.max(1, (size.width - LEFT - GAP * slots) / slots);
  const height = Math.max(1, size.height - TOP - BOTTOM);
  return { x: LEFT + slot * (width + GAP), y: TOP, width, height };
}

function peak(waves: UnitWaveforms): number {
  return memo(waves, 'template peak', () => waves.template.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
}

/** 0 where the unit does not keep the channel. */
function image(
  waves: UnitWaveforms,
  rows: readonly number[],
  box: Box,
  largest: number,
  { palette }: ViewState,
): ImageMark {
  const { samples, template, channels, msBefore, msAfter } = waves;
  const values = memoLast(waves, 'template rows', rows.join(), () => {
    const out = new Float32Array(rows.length * samples);
    channels.forEach((channel, column) => {
      const row = rows.indexOf(channel);
      for (let s = 0; s < samples; s++) out[row * samples + s] = template[s * channels.length + column]!;
    });
    return out;
  });
  const domain: Domain = [-msBefore, 0, msAfter, rows.length];
  const range = [-largest, largest] as const;
  const shape = { columns: samples, rows: rows.length };
  return { kind: 'image', box, domain, values, ...shape, extent: domain, colormap: palette.diverging, range };
}

/** Channel names left of the first unit, as many as have room. */
function rowNames(rows: readonly number[], box: Box, state: ViewState): Mark[] {
  const names = channelNames(state.session.recording);
  const height = box.height / rows.length;
  const every = Math.max(1, Math.ceil(14 / height));
  return rows.flatMap((channel, row): Mark[] => {
    if (row % every !== 0) return [];
    const y = box.y + box.height - (row + 0.5) * height;
    const text = names[channel] ?? String(channel);
    return [{ kind: 'label', x: box.x - 6, y, text, align: 'right', tone: 'dim' }];
  });
}

function under({ x, y }: Hit, state: ViewState, data: Data, size: Size) {
  const shown = shownUnits(state, data);
  const rows = rowsOf(shown, state);
  for (const [slot, { waves }] of shown.entries()) {
    const box = slotBox(slot, shown.length, size);
    const [u, v] = [(x - box.x) / box.width, (box.y + box.height - y) / box.height];
    if (u < 0 || u >= 1 || v < 0 || v >= 1) continue;
    const ms = u * (waves.msBefore + waves.msAfter) - waves.msBefore;
    return { waves, channel: rows[Math.floor(v * rows.length)]!, sample: Math.floor(u * waves.samples), ms };
  }
  return undefined;
}
