import type { TraceTile } from '../../core/shared/api.ts';
import type { Box, Domain, LabelMark, Mark, Size, TracesMark } from '../gl/mark.ts';
import { bottomAxis, pixelLines, plain, roundDown } from './axis.ts';
import { channelNames } from './channelNames.ts';
import { memo } from './memo.ts';
import { bytes } from './palette.ts';
import { centers, fittingHeight } from './traceHeights.ts';
import { spikePieces } from './traceSpikes.ts';
import { asked, nodeName, nodeOf, scaled, type TraceOptions, windowOf, within, zoomed } from './traceWindow.ts';
import { curationVersion, traceVersion } from './versions.ts';
import { answer, type Hit, type Query, type View, type ViewState } from './view.ts';

const GUTTER = 52;
const AXIS = 22;
const MAX_COLUMNS = 8000;
const MAX_UNITS = 20;

export const trace: View<TraceOptions> = {
  name: 'trace',
  label: 'Traces',
  help: 'Every channel over time, the deepest at the bottom; spikes of selected units have their colours. Drag or turn the wheel to move and zoom in time, ctrl+wheel for the height of the traces, shift+wheel for fewer rows; ctrl+click a spike to select its unit.',
  initial: { segment: 0, startS: 0, spanS: 0.5, perRow: {}, spikes: true },

  query(state, options, size): Query {
    const { recording, nodes, curation } = state.session;
    const width = plot(size).width;
    if (!recording || nodes.length === 0 || width < 8) return {};
    const window = asked(state, options);
    const framesAPixel = (options.spanS * recording.samplingFrequency) / (width * state.ratio);
    const columns = Math.min(
      MAX_COLUMNS,
      Math.max(1, Math.round((window.endFrame - window.startFrame) / framesAPixel)),
    );
    const traces = { ...window, node: nodeOf(state, options), columns };
    const unitIds = state.unitIds.slice(0, MAX_UNITS);
    const version = traceVersion(state.session);
    return {
      traces: { method: 'traces', args: traces, version },
      ...(options.spikes &&
        curation &&
        unitIds.length > 0 && {
          spikes: { method: 'spikes', args: { ...window, unitIds }, version: curationVersion(state.session) },
          places: { method: 'places', args: undefined, version: curationVersion(state.session) },
        }),
    };
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const box = plot(size);
    const found = answer(data, 'traces', 'traces');
    const view = windowOf(state, options);
    if (!found || found.items.length === 0 || !view)
      return [{ kind: 'fill', box: full(size), color: palette.background }];
    const rows = rowsOf(found.items, options);
    const domain: Domain = [0, rows.first - 0.5, view.spanS, rows.first + rows.count - 0.5];
    const span = [
      found.args.startFrame / view.rate - view.startS,
      found.args.endFrame / view.rate - view.startS,
    ] as const;
    const perRow = perRowOf(state, found.items, options);
    const image = showsImage(options, channelsOf(found.items));
    const marks: Mark[] = [{ kind: 'fill', box: full(size), color: palette.background }];
    for (const tile of found.items) {
      const mark = tracesMark(tile, { box, domain, span, perRow, state });
      marks.push(image ? imageMark(mark, perRow / tile.scale, state) : mark);
      if (options.spikes) {
        const spikes = spikePieces(
          tile,
          found.args,
          state,
          data,
          view.rate,
          ((box.width / view.spanS) * (found.args.endFrame - found.args.startFrame)) / view.rate,
        );
        if (spikes) marks.push({ ...mark, ...spikes });
      }
    }
    marks.push(...rowLabels(found.items, rows, box, state));
    marks.push(...bottomAxis({ box, from: view.shownS, to: view.shownS + view.spanS, unit: 's', palette }));
    if (!image) marks.push(...scaleBar(found.items, perRow, rows.count, box, state));
    return marks;
  },

  empty({ session }) {
    if (session.recording && session.nodes.length > 0) return undefined;
    if (session.asks.length > 0) return 'The traces can be seen once the form on the left is complete.';
    return session.stations.recording.error?.message ?? 'No recording is open yet.';
  },

  summary(state, data, options) {
    const found = answer(data, 'traces', 'traces');
    const rows = found ? channelsOf(found.items) : 0;
    const node = state.session.nodes[nodeOf(state, options)] ?? '';
    if (!found || rows === 0) return node;
    const perRow = plain(round3(perRowOf(state, found.items, options) / 2));
    const colors = showsImage(options, rows) ? ` · colours: −${perRow} to ${perRow} ${found.items[0]?.unit ?? ''}` : '';
    return `${node} · ${rows} channels${colors}`;
  },

  settle(state, data, options) {
    const found = answer(data, 'traces', 'traces');
    const name = found && nodeName(state, found.args.node);
    if (!found || name === undefined || options.perRow[name] !== undefined) return options;
    const fits = fittingHeight(found.items);
    return fits === undefined ? options : { ...options, perRow: { ...options.perRow, [name]: fits } };
  },

  read(hit, state, data, options, size) {
    const found = answer(data, 'traces', 'traces');
    const view = windowOf(state, options);
    const box = plot(size);
    if (!found || !view || !inside(hit, box)) return undefined;
    const row = rowAt(hit, found.items, options, box);
    const tile = tileOf(found.items, row);
    if (!tile) return undefined;
    const s = view.startS + ((hit.x - box.x) / box.width) * view.spanS;
    const at = (s * view.rate - found.args.startFrame) / (found.args.endFrame - found.args.startFrame);
    const column = Math.min(tile.columns - 1, Math.max(0, Math.floor(at * tile.columns)));
    const i = 2 * ((row - tile.firstRow) * tile.columns + column);
    const [low, high] = [tile.minMax[i]! * tile.scale, tile.minMax[i + 1]! * tile.scale];
    const values = low === high ? plain(round3(low)) : `${plain(round3(low))} to ${plain(round3(high))}`;
    const time = `${(s + view.shownS - view.startS).toFixed(4)} s`;
    return `${time} · channel ${channelName(state, tile.channels[row - tile.firstRow]!)} · ${values} ${tile.unit}`;
  },

  pick(hit, state, data, options, size) {
    const spikes = answer(data, 'spikes', 'spikes');
    const view = windowOf(state, options);
    const box = plot(size);
    if (!hit.ctrl || !spikes || !view || !inside(hit, box)) return undefined;
    const frame = (view.startS + ((hit.x - box.x) / box.width) * view.spanS) * view.rate;
    const near = (6 / box.width) * view.spanS * view.rate;
    let best = -1;
    for (let i = 0; i < spikes.result.sampleIndex.length; i++) {
      const away = Math.abs(spikes.result.sampleIndex[i]! - frame);
      if (away <= near && (best < 0 || away < Math.abs(spikes.result.sampleIndex[best]! - frame))) best = i;
    }
    const unitId = best < 0 ? undefined : spikes.args.unitIds[spikes.result.unit[best]!];
    return unitId === undefined ? undefined : { kind: 'select', unitId, add: false };
  },

  drag({ dx, dy }, state, options, size) {
    const box = plot(size);
    const moved = within(state, { ...options, startS: options.startS - (dx / box.width) * options.spanS });
    if (!options.rows) return moved;
    const [first, count] = options.rows;
    return { ...moved, rows: [first + (dy / box.height) * count, count] };
  },

  wheel(hit, turn, state, options, size) {
    const factor = 0.8 ** turn;
    if (hit.ctrl) return scaled(state, options, factor);
    const box = plot(size);
    if (hit.shift) {
      const all = state.session.recording?.channelIds.length ?? 1;
      const [first, count] = options.rows ?? [0, all];
      const next = Math.min(all, Math.max(1, count * factor));
      const up = (box.y + box.height - hit.y) / box.height;
      const start = Math.min(all - next, Math.max(0, first + up * (count - next)));
      if (next < all) return { ...options, rows: [start, next] };
      const { rows: _all, ...rest } = options;
      return rest;
    }
    return zoomed(state, options, factor, Math.min(1, Math.max(0, (hit.x - box.x) / box.width)));
  },

  reset({ rows: _rows, ...options }) {
    return { ...options, spanS: trace.initial.spanS, perRow: {} };
  },
};

function plot({ width, height }: Size): Box {
  return { x: GUTTER, y: 0, width: Math.max(0, width - GUTTER), height: Math.max(0, height - AXIS) };
}

function full(size: Size): Box {
  return { x: 0, y: 0, ...size };
}

function inside({ x, y }: Hit, box: Box): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

function channelsOf(tiles: readonly TraceTile[]): number {
  return tiles.reduce((n, tile) => n + tile.channels.length, 0);
}

function rowsOf(tiles: readonly TraceTile[], { rows }: TraceOptions) {
  const all = channelsOf(tiles);
  if (!rows) return { first: 0, count: all };
  const count = Math.min(rows[1], all);
  return { first: Math.min(all - count, Math.max(0, rows[0])), count };
}

function rowAt(hit: Hit, tiles: readonly TraceTile[], options: TraceOptions, box: Box): number {
  const { first, count } = rowsOf(tiles, options);
  return Math.floor(first + ((box.y + box.height - hit.y) / box.height) * count);
}

function tileOf(tiles: readonly TraceTile[], row: number): TraceTile | undefined {
  return tiles.find((tile) => row >= tile.firstRow && row < tile.firstRow + tile.channels.length);
}

function perRowOf(state: ViewState, tiles: readonly TraceTile[], options: TraceOptions): number {
  return options.perRow[nodeName(state, nodeOf(state, options))] ?? fittingHeight(tiles) ?? 1;
}

interface TileArgs {
  readonly box: Box;
  readonly domain: Domain;
  readonly span: readonly [number, number];
  readonly perRow: number;
  readonly state: ViewState;
}

/** So many rows are told apart as an image only. */
const IMAGE_FROM = 97;

/** As the user chose, else by how many rows are seen of `all`. */
export function showsImage({ image, rows }: TraceOptions, all: number): boolean {
  return image ?? (rows ? Math.min(all, rows[1]) : all) >= IMAGE_FROM;
}

function tracesMark(tile: TraceTile, { box, domain, span, perRow, state }: TileArgs): TracesMark {
  const rows = tile.channels.length;
  return {
    kind: 'traces',
    box,
    domain,
    minMax: tile.minMax,
    columns: tile.columns,
    rows,
    center: centers(tile),
    span,
    firstRow: tile.firstRow,
    gain: tile.scale / perRow,
    pieces: memo(tile.minMax, 'pieces', () =>
      Float32Array.from({ length: 3 * rows }, (_, i) => [0, 1, Math.floor(i / 3)][i % 3]!),
    ),
    colors: memo(tile.minMax, `colors ${state.palette.name}`, () => bytes(state.palette.trace, rows)),
  };
}

/** The same tile as an image: of each column the value further from zero. */
function imageMark(mark: TracesMark, height: number, state: ViewState): Mark {
  const { minMax, rows, columns, center, span, firstRow, box, domain } = mark;
  const values = memo(minMax, 'image', () =>
    Float32Array.from({ length: rows * columns }, (_, i) => {
      const middle = center[Math.floor(i / columns)]!;
      const [low, high] = [minMax[2 * i]! - middle, minMax[2 * i + 1]! - middle];
      return -low > high ? low : high;
    }),
  );
  return {
    kind: 'image',
    box,
    domain,
    values,
    columns,
    rows,
    extent: [span[0], firstRow - 0.5, span[1], firstRow + rows - 0.5],
    colormap: state.palette.diverging,
    range: [-height / 2, height / 2],
  };
}

function channelName({ session }: ViewState, channel: number): string {
  return String(session.recording?.channelIds[channel] ?? channel);
}

/** Channel names, as many as have room. */
function rowLabels(
  tiles: readonly TraceTile[],
  rows: { first: number; count: number },
  box: Box,
  state: ViewState,
): Mark[] {
  const height = box.height / rows.count;
  const every = [1, 2, 4, 5, 8, 10, 16, 20, 25, 32, 48, 64, 96, 128].find((n) => n * height >= 14) ?? 256;
  const names = channelNames(state.session.recording);
  const labels: LabelMark[] = [];
  for (const tile of tiles)
    tile.channels.forEach((channel, i) => {
      const row = tile.firstRow + i;
      const y = box.y + box.height - (row + 0.5 - rows.first) * height;
      if (row % every !== 0 || y < box.y + 6 || y > box.y + box.height - 4) return;
      const text = names[channel] ?? String(channel);
      labels.push({ kind: 'label', x: GUTTER - 6, y, text, align: 'right', tone: 'dim' });
    });
  return [...labels, pixelLines([box.x, box.y, box.x, box.y + box.height], state.palette.line)];
}

function scaleBar(tiles: readonly TraceTile[], perRow: number, rows: number, box: Box, { palette }: ViewState): Mark[] {
  const unit = tiles[0]?.unit;
  if (unit === undefined) return [];
  const perPixel = (perRow * rows) / box.height;
  const value = roundDown(perPixel * Math.min(60, box.height / 3));
  const x = box.x + box.width - 12;
  const y = box.y + box.height - 10;
  const top = y - value / perPixel;
  return [
    pixelLines([x, top, x, y, x - 3, top, x + 3, top, x - 3, y, x + 3, y], palette.text),
    { kind: 'label', x: x - 6, y: (top + y) / 2, text: `${plain(value)} ${unit}`, align: 'right', tone: 'strong' },
  ];
}

function round3(v: number): number {
  return Number(v.toPrecision(3));
}
