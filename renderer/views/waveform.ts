import type { Mark } from '../gl/mark.ts';
import type { View } from './view.ts';
import { cellBox, channelAt, gridOf, slotBox, zoomedAt } from './waveformGrid.ts';
import { focusMarks, nameMarks, scaleBars, unitLabels, unitMarks } from './waveformMarks.ts';
import { type WaveformOptions, waveformCommands, waveformParams } from './waveformOptions.ts';
import { unitsOf, waveformQuery } from './waveformUnits.ts';
import { readWaveform, slotAt, waveformExplain, waveformSummary, waveformTable } from './waveformWords.ts';

export const waveform: View<WaveformOptions> = {
  name: 'waveform',
  label: 'Waveforms',
  help: 'Spikes and template of the selected units, each channel where it sits on the probe (large gaps closed) or one below the other. Click a channel to go to it in other views. Wheel zooms, drag moves, ctrl+wheel changes the height; double click fits.',
  params: waveformParams,
  bar: ['layout', 'overlap'],
  commands: waveformCommands,

  choices: () => ({
    layout: [
      { value: 'geometry', label: 'As on the probe' },
      { value: 'flat', label: 'Stacked' },
    ],
  }),

  query: waveformQuery,

  draw(state, data, options, size) {
    const marks: Mark[] = [{ kind: 'fill', box: { x: 0, y: 0, ...size }, color: state.palette.background }];
    const units = unitsOf(state, data);
    const [first] = units;
    if (!first) return marks;
    const grid = gridOf(units, state, options, size);
    // The first selected lies above the others.
    for (const unit of units.toReversed()) marks.push(...unitMarks(unit, units.length, grid, state, options, size));
    marks.push(...focusMarks(grid, state, size));
    if (options.channelNames) marks.push(...nameMarks(grid, state, options, size));
    marks.push(...scaleBars(first, options.overlap ? 1 : units.length, grid, state, size));
    return [...marks, ...unitLabels(units, state, size)];
  },

  empty({ session, unitIds }) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    return unitIds.length === 0 ? 'Select units in the table to see their waveforms.' : undefined;
  },

  summary: (state, data) => waveformSummary(state, data),
  explain: (state, data) => waveformExplain(state, data),
  table: (state, data) => waveformTable(state, data),

  read(hit, state, data, options, size) {
    const units = unitsOf(state, data);
    return readWaveform(hit, units, gridOf(units, state, options, size), state, options);
  },

  point(hit, state, data, options, size) {
    const units = unitsOf(state, data);
    const grid = gridOf(units, state, options, size);
    const channel = channelAt(grid, hit);
    if (channel === undefined) return undefined;
    if (options.overlap) return { channel };
    return { channel, unitId: slotAt(hit.x, channel, units, grid, options).unit.waves.unitId };
  },

  echo({ channel, unitId }, state, data, options, size) {
    const units = unitsOf(state, data);
    const grid = gridOf(units, state, options, size);
    if (channel !== undefined) return grid.cells.x.has(channel) ? [{ kind: 'frame', box: cellBox(grid, channel) }] : [];
    const unit = unitId === undefined ? undefined : units.find(({ waves }) => waves.unitId === unitId);
    if (!unit) return [];
    const slots = options.overlap ? 1 : units.length;
    return [{ kind: 'frame', box: slotBox(grid, unit.waves.extremumChannel, options.overlap ? 0 : unit.slot, slots) }];
  },

  pick(hit, state, data, options, size) {
    const channel = channelAt(gridOf(unitsOf(state, data), state, options, size), hit);
    return channel === undefined ? undefined : { kind: 'focus', focus: { channel } };
  },

  drag({ dx, dy }, _state, options) {
    return { ...options, pan: [options.pan[0] + dx, options.pan[1] + dy] };
  },

  wheel(hit, turn, _state, options, size) {
    const factor = 0.8 ** -turn;
    if (hit.ctrl) return { ...options, scale: Math.min(100, Math.max(0.05, options.scale * factor)) };
    return { ...options, ...zoomedAt(hit, factor, options, size) };
  },

  reset(options) {
    return { ...options, scale: 1, zoom: 1, pan: [0, 0], stretch: [1, 1] };
  },
};
