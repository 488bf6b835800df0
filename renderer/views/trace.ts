import type { Domain, Mark } from '../gl/mark.ts';
import { bottomAxis, pixelLines } from './axis.ts';
import { focusMarks, scaleBar } from './traceCursor.ts';
import { edgeMarks } from './traceEdges.ts';
import { fittingHeight, middlesOf } from './traceHeights.ts';
import { traceCommands } from './traceKeys.ts';
import { imageOf, imageRange, linesOf, type TileGround } from './traceMarks.ts';
import { tracePointer } from './tracePointer.ts';
import { rowLabels, shankMarks, withRow } from './traceRows.ts';
import { plot, shownOf } from './traceShown.ts';
import { shownSpikes, spikeFrames, spikePieces } from './traceSpikes.ts';
import { traceTable } from './traceTable.ts';
import { covered, exactness, framesOfTiles, neighbours, tilesFor } from './traceTiles.ts';
import {
  centred,
  nodeName,
  nodeOf,
  type Seen,
  seenOf,
  settled,
  type TraceOptions,
  timeWindow,
  traceParams,
} from './traceWindow.ts';
import { explainTraces, sampledText, segmentLabel, tracesText } from './traceWords.ts';
import { curationVersion, traceVersion } from './versions.ts';
import { answer, type Query, type View, type ViewState } from './view.ts';

/** Of more selected units no spikes are drawn, and of more units at all none where all are. */
const MAX_UNITS = 20;
const MOST_UNITS = 2000;
/** Of all units only in windows as short as this, s. */
const ALL_SPIKES_S = 5;

export const trace: View<TraceOptions> = {
  name: 'trace',
  label: 'Traces',
  help: 'Every channel over time, the deepest at the bottom; spikes have the colours of their units. Drag or turn the wheel to move and zoom in time, ctrl+wheel for the height of the traces, shift+wheel for fewer rows. Click for the cursor of all views, ctrl+click a spike to select its unit, double click to see all rows.',
  params: traceParams,
  bar: ['node', 'segment', 'startS', 'spanS'],
  commands: traceCommands,

  choices(state) {
    const { nodes, recording } = state.session;
    return {
      node: nodes.map((label, i) => ({ value: i === nodes.length - 1 ? -1 : i, label: label.replaceAll('_', ' ') })),
      segment: (recording?.numFrames ?? []).map((_, i) => ({ value: i, label: segmentLabel(state, i) })),
    };
  },

  query(state, options, size): Query {
    const { nodes, curation } = state.session;
    const { width } = plot(size, options);
    const seen = seenOf(state, options);
    if (!seen || nodes.length === 0 || width < 8 || seen.frames === 0) return {};
    const args = tilesFor(state, options, seen, width * state.ratio);
    if (args.endTile <= args.firstTile) return {};
    const unitIds = spikesOf(state, options, seen);
    const window = { segment: seen.segment, ...framesOfTiles(args, seen.frames) };
    return {
      traces: { method: 'traces', args, version: traceVersion(state.session) },
      ...(curation &&
        unitIds.length > 0 && {
          spikes: { method: 'spikes', args: { ...window, unitIds }, version: curationVersion(state.session) },
          places: { method: 'places', args: undefined, version: curationVersion(state.session) },
        }),
    };
  },

  keeps(state, data, options) {
    const found = answer(data, 'traces', 'traces');
    const seen = seenOf(state, options);
    if (!found || !seen) return false;
    const { args } = found;
    const same = args.node === nodeOf(state, options) && args.order === options.order;
    return !same || args.segment !== seen.segment || covered(args, seen) < 0.5;
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const box = plot(size, options);
    const background: Mark = { kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background };
    const shown = shownOf(state, data, options);
    if (!shown || box.width < 8 || box.height < 8) return [background];
    const { found, seen, rows, perRow, image } = shown;
    const { items, args } = found;
    const domain: Domain = [0, rows.first - 0.5, seen.spanS, rows.first + rows.count - 0.5];
    const middles = middlesOf(items, {
      keeper: state.session.recording ?? items,
      key: [traceVersion(state.session), args.node, args.segment, args.order].join(),
      step: perRow / 8,
    });
    const ground: TileGround = { box, domain, seen, args, perRow, middles, state };
    const spikes = shownSpikes(state, data, options, seen, box.width);
    const marks: Mark[] = [background];
    for (const of of neighbours(items)) {
      if (image) marks.push(imageOf(of.tile, ground));
      else marks.push(linesOf(of, ground, spikes && spikePieces(of.tile, args, spikes)));
    }
    if (image && spikes) marks.push(...spikeFrames(items, spikes, ground));
    marks.push(...focusMarks(shown, box, state), ...shankMarks(items, rows, box, state));
    marks.push(...edgeMarks(seen, box, state));
    if (options.labels) marks.push(...rowLabels(items, rows, box, state));
    else marks.push(pixelLines([box.x, box.y, box.x, box.y + box.height], palette.line));
    marks.push(...bottomAxis({ box, from: seen.shownS, to: seen.shownS + seen.spanS, unit: 's', palette }));
    if (!image) marks.push(...scaleBar((perRow * rows.count) / box.height, found, box, state));
    const told =
      sampledText(exactness(items)) ?? (spikes?.crowded ? 'more spikes than can be coloured: zoom in' : undefined);
    if (told && box.width > 240)
      marks.push({ kind: 'label', x: box.x + box.width / 2, y: 10, text: told, align: 'center', tone: 'strong' });
    return marks;
  },

  empty({ session }) {
    if (session.recording && session.nodes.length > 0) return undefined;
    if (session.curation)
      return 'There is no recording with this sorting, so there are no traces. Choose it at the Recording station; what follows from spikes and templates is shown without it.';
    if (session.asks.length > 0) return 'The traces can be seen once the form on the left is complete.';
    const failed = session.stations.recording.error;
    if (failed) return failed.hint ? `${failed.message}. ${failed.hint}` : failed.message;
    return 'No recording is open yet.';
  },

  summary(state, data, options) {
    const shown = shownOf(state, data, options);
    const name = nodeName(state, nodeOf(state, options));
    if (!shown) return name;
    const { found, rows, image, perRow, seen } = shown;
    const told = state.session.nodes.length > 1 ? [] : [name]; // else the head has it already
    const selected = options.spikes === 'selected' ? state.unitIds.length : 0;
    const units = selected > MAX_UNITS ? [`spikes of the first ${MAX_UNITS} of ${selected} units`] : [];
    return [
      ...told,
      ...tracesText(found, rows.all, image ? imageRange(perRow, seen, found.args) : undefined),
      ...units,
    ].join(' · ');
  },

  explain(state, data, options) {
    const seen = seenOf(state, options);
    const found = answer(data, 'traces', 'traces');
    return seen ? explainTraces(state, options, seen, found, shownSpikes(state, data, options, seen, 1000)) : [];
  },

  table(state, data, options) {
    const shown = shownOf(state, data, options);
    return shown ? traceTable(shown.found, shown.seen, shown.rows, state) : [];
  },

  settle(state, data, options) {
    const inside = settled(state, options);
    const found = answer(data, 'traces', 'traces');
    const name = found && nodeName(state, found.args.node);
    if (!found || name === undefined || inside.perRow[name] !== undefined) return inside;
    const fits = fittingHeight(found.items);
    return fits === undefined ? inside : { ...inside, perRow: { ...inside.perRow, [name]: fits } };
  },

  ...tracePointer,

  reset(options) {
    return { ...options, rows: undefined, perRow: {} };
  },

  follow({ time, channel }, state, options, data) {
    const there = time ? centred(state, options, time.segment, time.frame) : options;
    const found = answer(data, 'traces', 'traces');
    return found && channel !== undefined ? withRow(found.items, there, channel) : there;
  },

  window(state, options) {
    const seen = seenOf(state, options);
    return seen && timeWindow(seen);
  },
};

/** Units whose spikes are asked for. */
function spikesOf({ unitIds, order }: ViewState, { spikes }: TraceOptions, { spanS }: Seen) {
  if (spikes === 'none') return [];
  const selected = unitIds.slice(0, MAX_UNITS);
  if (spikes === 'selected' || spanS > ALL_SPIKES_S || order.length > MOST_UNITS) return selected;
  return [...new Set([...order, ...selected])];
}
