import type { Box, Mark } from '../gl/mark.ts';
import { bottomAxis, pixelLines, plain } from './axis.ts';
import { beforeAfterPointer } from './beforeAfterPointer.ts';
import { asTrace, type BeforeAfterOptions, params, plots, scaleKey, sideOf, withTrace } from './beforeAfterSides.ts';
import {
  explainLooks,
  type Look,
  looksOf,
  looksQuery,
  medianRms,
  noLooks,
  sidesOf,
  totalCrossings,
} from './chainLooks.ts';
import { focusMarks, scaleBar } from './traceCursor.ts';
import { fittingHeight, middlesOf } from './traceHeights.ts';
import { imageOf, linesOf, type TileGround } from './traceMarks.ts';
import { rowLabels, shankMarks } from './traceRows.ts';
import { neighbours } from './traceTiles.ts';
import { centred, seenOf, timeWindow } from './traceWindow.ts';
import type { Data, View, ViewState } from './view.ts';

export const beforeAfter: View<BeforeAfterOptions> = {
  name: 'beforeAfter',
  label: 'Before and after',
  help: 'A short stretch before and after the step that is chosen in the list, or before and after all steps when none is: same time, same scale. It follows while a number is dragged. Drag or turn the wheel to move and zoom in time, ctrl+wheel for the height of the traces, shift+wheel for fewer rows, double click to fit.',
  params,
  bar: ['startS', 'spanS'],
  showsChain: true,

  query(state, options, size) {
    const seen = seenOf(state, asTrace(options));
    if (!seen || state.session.nodes.length === 0 || seen.frames === 0 || size.width < 8) return {};
    const { segment, startS, spanS, segmentS } = seen;
    const stretch = { segment, startS: Math.max(0, startS), endS: Math.min(segmentS, startS + spanS) };
    return looksQuery(state, stretch, { order: options.order, tiles: true });
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const marks: Mark[] = [{ kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background }];
    const { before, after } = looksOf(state, data);
    const boxes = plots(size, options);
    for (const [look, box] of [
      [before, boxes.before],
      [after, boxes.after],
    ] as const)
      if (look && box.width > 8 && box.height > 8)
        marks.push(...sideMarks(look, box, boxes.stacked, state, data, options));
    return marks;
  },

  empty: noLooks,

  summary(state, data) {
    const { before, after } = looksOf(state, data);
    if (!before || !after) return '';
    if (sidesOf(state).off) return 'the step is switched off: both are the same';
    if (sidesOf(state).after.steps.length === 0) return 'no step is on: both are as recorded';
    const [was, is] = [totalCrossings(before.look), totalCrossings(after.look)];
    return `crossings of ${after.look.crossingsAt} × noise: ${count(was)} before, ${count(is)} after`;
  },

  explain(state, data) {
    const look = looksOf(state, data).after?.look;
    const channels = look ? `${look.channelIds.length} channels; ` : '';
    return [
      ...explainLooks(state, data),
      ['Drawn', `${channels}each column the least and the greatest of ${look?.framesAColumn ?? 1} samples`],
      [
        'Crossings',
        'how often channels fall below their median less 5 times their noise (median distance to the median, as a standard deviation, of evenly spaced samples of the stretch)',
      ],
      ['RMS', 'median over the channels of their standard deviation in the stretch'],
    ];
  },

  table(state, data) {
    const { before, after } = looksOf(state, data);
    const rows = [before, after].flatMap((look) =>
      look
        ? look.look.channelIds.map((id, c) => [
            look.name,
            String(id),
            look.look.rms[c] ?? Number.NaN,
            look.look.unit,
            look.look.crossings[c] ?? 0,
          ])
        : [],
    );
    return rows.length === 0 ? [] : [['side', 'channel', 'RMS', 'unit of the RMS', 'threshold crossings'], ...rows];
  },

  settle(state, data, options) {
    let next = options;
    const { before, after } = looksOf(state, data);
    const seen = seenOf(state, asTrace(options));
    if (seen && (seen.spanS !== options.spanS || seen.segment !== options.segment))
      next = { ...next, spanS: Math.min(1, seen.spanS), segment: seen.segment };
    for (const look of [after, before]) {
      if (!look) continue;
      const key = scaleKey(look, after ?? look);
      if (next.perRow[key] !== undefined) continue;
      const fits = fittingHeight(look.found.items);
      if (fits !== undefined) next = { ...next, perRow: { ...next.perRow, [key]: fits } };
    }
    return next;
  },

  ...beforeAfterPointer,

  reset: ({ rows: _rows, ...options }) => ({ ...options, perRow: {} }),

  follow({ time }, state, options) {
    return time ? withTrace(options, centred(state, asTrace(options), time.segment, time.frame)) : options;
  },

  window(state, options) {
    const seen = seenOf(state, asTrace(options));
    return seen && timeWindow(seen);
  },
};

function sideMarks(
  look: Look,
  box: Box,
  stacked: boolean,
  state: ViewState,
  data: Data,
  options: BeforeAfterOptions,
): Mark[] {
  const side = sideOf(look, looksOf(state, data).after ?? look, options, state);
  if (!side) return [];
  const { found, seen, rows, perRow, image } = side.shown;
  const { items, args } = found;
  const { palette } = state;
  const middles = middlesOf(items, { keeper: look.look, key: 'look', step: perRow / 8 });
  const ground: TileGround = {
    box,
    domain: [0, rows.first - 0.5, seen.spanS, rows.first + rows.count - 0.5],
    seen: side.own,
    args,
    perRow,
    middles,
    state: look.state,
  };
  const marks: Mark[] = neighbours(items).map((of) => (image ? imageOf(of.tile, ground) : linesOf(of, ground)));
  marks.push(...focusMarks(side.shown, box, look.state), ...shankMarks(items, rows, box, look.state));
  if (options.labels && (look.name === 'before' || stacked)) marks.push(...rowLabels(items, rows, box, look.state));
  else marks.push(pixelLines([box.x, box.y, box.x, box.y + box.height], palette.line));
  marks.push(...bottomAxis({ box, from: seen.shownS, to: seen.shownS + seen.spanS, unit: 's', palette }));
  if (!image) marks.push(...scaleBar((perRow * rows.count) / box.height, found, box, state));
  marks.push(title(look, box, image ? perRow : undefined));
  return marks;
}

/** As much as has room. `range`: half of it is the strongest colour. */
function title({ side, look }: Look, box: Box, range: number | undefined): Mark {
  const rms = medianRms(look);
  const parts = [
    side.label,
    `RMS ${plain(Number(rms.toPrecision(3)))} ${look.unit}`,
    `${count(totalCrossings(look))} crossings`,
    ...(range === undefined ? [] : [`colours ±${plain(Number((range / 2).toPrecision(2)))} ${look.unit}`]),
  ];
  const room = Math.floor(box.width / 6.6);
  while (parts.length > 1 && parts.join(' · ').length > room) parts.pop();
  const text = parts.join(' · ');
  const fits = text.length > room ? `${text.slice(0, Math.max(1, room - 1))}…` : text;
  return { kind: 'label', x: box.x + 2, y: box.y - 9, text: fits, align: 'left', tone: 'strong' };
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
