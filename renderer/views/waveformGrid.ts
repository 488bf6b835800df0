import type { ChannelLayout } from '../../core/shared/probe.ts';
import type { Box, Domain, Size } from '../gl/mark.ts';
import { memoLast } from './memoLast.ts';
import { probeCells } from './probeCells.ts';
import type { ViewState } from './view.ts';
import type { WaveformOptions } from './waveformOptions.ts';
import { channelsOf, peak, reaches, type Shown } from './waveformUnits.ts';

/** Where each channel's waveforms are drawn: middles of cells in the domain 0 to width, 0 to height. */
export interface Cells {
  readonly channels: readonly number[];
  readonly x: ReadonlyMap<number, number>;
  readonly y: ReadonlyMap<number, number>;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
}

/** Cells, and where they are in the picture. */
export interface Grid {
  readonly cells: Cells;
  /** Of the whole domain; zooming and moving change it and nothing else. */
  readonly box: Box;
  readonly domain: Domain;
  /** Domain units a waveform is wide in its cell. */
  readonly waveWidth: number;
  /** Domain units a value of 1 is high. */
  readonly gain: number;
  /** What the places of lines depend on. */
  readonly key: string;
}

const MARGIN = 10;
/** Left of a stack, for the names of its channels. */
const NAMES = 44;
/** Below the cells, for the scale bars. */
export const BOTTOM = 36;
/** The largest peak reaches this many half cells at scale 1, inverted: rows may overlap a little, as traces do. */
const FIT = 0.45;
/** Where cells are low it is at least as high, CSS pixels: a unit is large on few channels only. */
const HIGH = 26;
/** Of a cell's width: the rest is the gap to the next. */
const FILLED = 0.92;
/** From the middle of a cell to what still belongs to it, in cells. */
const REACH = 1.2;
const NOWHERE = {};

export function gridOf(units: readonly Shown[], { session }: ViewState, options: WaveformOptions, size: Size): Grid {
  const channels = channelsOf(units);
  const { layout } = session;
  const key = `${options.layout} ${channels.join()}`;
  const cells = memoLast(layout ?? NOWHERE, 'cells', key, () =>
    options.layout === 'flat' ? stacked(channels, layout) : asOnProbe(channels, layout),
  );
  const { zoom, pan, stretch, scale, boxWidth, boxHeight } = options;
  const room = plot(size, options);
  const [width, height] = [room.width * zoom * stretch[0], room.height * zoom * stretch[1]];
  const middle = middleOf(room);
  const box = { x: middle.x + pan[0] - width / 2, y: middle.y + pan[1] - height / 2, width, height };
  const waveWidth = FILLED * boxWidth * cells.cellWidth;
  const half = cells.cellHeight / 2;
  const fitting = Math.max(half / FIT, (HIGH * cells.height) / room.height) / peak(units);
  const [bottom, top] = seen(units, cells, fitting);
  return {
    cells,
    box,
    domain: [0, bottom, cells.width, top],
    waveWidth,
    gain: fitting * scale * boxHeight,
    key: `${key} ${waveWidth}`,
  };
}

/** From below the lowest trough to above the highest peak: waveforms reach out of their cells. */
function seen(units: readonly Shown[], { y, height }: Cells, gain: number): [number, number] {
  let [bottom, top] = [0, height];
  for (const { waves } of units) {
    const { low, high } = reaches(waves);
    waves.channels.forEach((channel, c) => {
      bottom = Math.min(bottom, y.get(channel)! + gain * low[c]!);
      top = Math.max(top, y.get(channel)! + gain * high[c]!);
    });
  }
  return [bottom, top];
}

function plot({ width, height }: Size, { layout, channelNames }: WaveformOptions): Box {
  const left = layout === 'flat' && channelNames ? NAMES : MARGIN;
  const [w, h] = [width - left - MARGIN, height - 2 * MARGIN - BOTTOM];
  return { x: left, y: MARGIN, width: Math.max(1, w), height: Math.max(1, h) };
}

/** What stays where it is at any zoom, CSS pixels. */
function middleOf({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Zoom and pan with which what is under the pointer stays there. */
export function zoomedAt(
  at: { readonly x: number; readonly y: number },
  factor: number,
  options: WaveformOptions,
  size: Size,
): Pick<WaveformOptions, 'zoom' | 'pan'> {
  const { zoom, pan } = options;
  const now = Math.min(50, Math.max(0.5, zoom * factor));
  const by = now / zoom;
  const { x, y } = middleOf(plot(size, options));
  return { zoom: now, pan: [(at.x - x) * (1 - by) + pan[0] * by, (at.y - y) * (1 - by) + pan[1] * by] };
}

function asOnProbe(channels: readonly number[], layout: ChannelLayout | undefined): Cells {
  const { x, y, cellWidth, cellHeight, width, height } = probeCells(channels, layout);
  const middle = (at: ReadonlyMap<number, number>, half: number) =>
    new Map([...at].map(([channel, v]) => [channel, v + half]));
  return {
    channels,
    x: middle(x, cellWidth / 2),
    y: middle(y, cellHeight / 2),
    cellWidth,
    cellHeight,
    width: width + cellWidth,
    height: height + cellHeight,
  };
}

/** One above the other, the deepest at the bottom; probe by probe, shank by shank. */
function stacked(channels: readonly number[], layout: ChannelLayout | undefined): Cells {
  const shanks = [...new Set(layout?.shank)];
  const rank = (channel: number): readonly number[] =>
    layout
      ? [layout.probe[channel]!, shanks.indexOf(layout.shank[channel]!), layout.y[channel]!, layout.x[channel]!]
      : [-channel];
  const sorted = [...channels].sort((a, b) => {
    const [ra, rb] = [rank(a), rank(b)];
    const at = ra.findIndex((v, i) => v !== rb[i]);
    return at < 0 ? a - b : ra[at]! - rb[at]!;
  });
  return {
    channels,
    x: new Map(sorted.map((channel) => [channel, 0.5])),
    y: new Map(sorted.map((channel, i) => [channel, i + 0.5])),
    cellWidth: 1,
    cellHeight: 1,
    width: 1,
    height: Math.max(1, channels.length),
  };
}

/** CSS pixels of a domain unit, across and up. */
export function pixelsOf({ box, domain }: Grid): { readonly x: number; readonly y: number } {
  return { x: box.width / (domain[2] - domain[0]), y: box.height / (domain[3] - domain[1]) };
}

/** CSS pixels of a channel's cell. */
export function cellBox(grid: Grid, channel: number): Box {
  const { box, domain } = grid;
  const { x, y, cellWidth, cellHeight } = grid.cells;
  const { x: perX, y: perY } = pixelsOf(grid);
  return {
    x: box.x + ((x.get(channel) ?? 0) - cellWidth / 2) * perX,
    y: box.y + box.height - ((y.get(channel) ?? 0) + cellHeight / 2 - domain[1]) * perY,
    width: cellWidth * perX,
    height: cellHeight * perY,
  };
}

/** The channel whose cell is under the pointer or nearest to it: waveforms reach out of theirs up and down. */
export function channelAt(grid: Grid, at: { readonly x: number; readonly y: number }): number | undefined {
  let nearest: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const channel of grid.cells.channels) {
    const { x, y, width, height } = cellBox(grid, channel);
    const [across, up] = [(at.x - x) / width - 0.5, (at.y - y) / height - 0.5];
    if (Math.abs(across) > 0.5 || Math.abs(up) > REACH) continue;
    const away = Math.hypot(across, up);
    if (away < least) {
      least = away;
      nearest = channel;
    }
  }
  return nearest;
}

/** CSS pixels of the part of a cell in which a unit's waveforms are: all of it, or its share side by side. */
export function slotBox(grid: Grid, channel: number, slot: number, slots: number): Box {
  const cell = cellBox(grid, channel);
  const width = grid.waveWidth * pixelsOf(grid).x;
  const left = cell.x + cell.width / 2 - width / 2;
  return { ...cell, x: left + (slot * width) / slots, width: width / slots };
}
