import type { ChannelLayout } from '../../core/shared/probe.ts';
import { z } from '../../core/shared/zod.ts';
import type { Box, Domain, LabelMark, Mark, PointsMark, RectsMark, Size } from '../gl/mark.ts';
import { bottomAxis, leftAxis } from './axis.ts';
import { channelNames } from './channelNames.ts';
import { memo } from './memo.ts';
import { bytes, fade, unitColor } from './palette.ts';
import { curationVersion } from './versions.ts';
import { answer, type Data, type Hit, type Query, type View, type ViewState } from './view.ts';

const params = z.object({
  /** µm seen; left out: the whole probe. */
  zoom: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional().meta({ moment: true }),
  channelNames: z.boolean().default(true).describe('Names of channels, where there is room.'),
});
type ProbeOptions = z.output<typeof params>;

const LEFT = 44;
const BOTTOM = 22;

export const probe: View<ProbeOptions> = {
  name: 'probe',
  label: 'Probe',
  help: 'Where the contacts sit and where units are located. Contacts of selected units have their colours. Click a unit to select it, ctrl+click to add it; drag and wheel to move and zoom.',
  params,

  query({ session }): Query {
    return session.curation ? { places: { method: 'places', args: undefined, version: curationVersion(session) } } : {};
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const { layout } = state.session;
    const marks: Mark[] = [{ kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background }];
    if (!layout) return marks;
    const box = plot(size);
    const domain = options.zoom ?? fit(layout, box);
    const contacts = contactSize(layout);
    marks.push(contactRects(layout, contacts, box, domain, state, data));
    marks.push(...unitPoints(box, domain, state, data));
    if (options.channelNames) marks.push(...channelLabels(layout, contacts, box, domain, state));
    marks.push(...leftAxis({ box, from: domain[1], to: domain[3], unit: 'µm', palette }));
    marks.push(...bottomAxis({ box, from: domain[0], to: domain[2], unit: 'µm', palette }));
    return marks;
  },

  empty({ session }) {
    if (session.layout) return undefined;
    if (!session.recording) return session.stations.recording.error?.message ?? 'No recording is open yet.';
    return 'This recording carries no probe. Choose one at the station Probe.';
  },

  summary({ session }, data) {
    const places = answer(data, 'places', 'places');
    const contacts = session.layout ? [`${session.layout.x.length} contacts`] : [];
    return [...contacts, ...(places ? [`${places.result.length} units`] : [])].join(' · ');
  },

  explain({ session }) {
    return [['Contacts', session.layout ? 'probe of the recording' : 'none']];
  },

  read(hit, state, data, options, size) {
    const { layout, recording } = state.session;
    if (!layout) return undefined;
    const unit = nearestUnit(hit, state, data, options, size);
    if (unit) return `unit ${unit.unitId} · ${unit.x.toFixed(1)}, ${unit.y.toFixed(1)} µm`;
    const box = plot(size);
    const [x, y] = toUm(hit, box, options.zoom ?? fit(layout, box));
    const contact = contactSize(layout);
    const channel = layout.x.findIndex(
      (cx, i) => Math.abs(cx - x) <= contact.width / 2 && Math.abs(layout.y[i]! - y) <= contact.height / 2,
    );
    if (channel < 0) return undefined;
    const shank = layout.shank[channel] ? ` · shank ${layout.shank[channel]}` : '';
    return `channel ${recording?.channelIds[channel] ?? channel}${shank} · ${layout.x[channel]}, ${layout.y[channel]} µm`;
  },

  pick(hit, state, data, options, size) {
    const unit = nearestUnit(hit, state, data, options, size);
    return unit && { kind: 'select', unitId: unit.unitId, add: hit.ctrl || hit.shift };
  },

  drag({ dx, dy }, { session: { layout } }, options, size) {
    if (!layout) return options;
    const box = plot(size);
    const [x0, y0, x1, y1] = options.zoom ?? fit(layout, box);
    const mx = (dx / box.width) * (x1 - x0);
    const my = (dy / box.height) * (y1 - y0);
    return { ...options, zoom: [x0 - mx, y0 + my, x1 - mx, y1 + my] };
  },

  wheel(hit, turn, { session: { layout } }, options, size) {
    if (!layout) return options;
    const box = plot(size);
    const domain = options.zoom ?? fit(layout, box);
    const [x, y] = toUm(hit, box, domain);
    const factor = 0.8 ** turn;
    const [x0, y0, x1, y1] = domain;
    return {
      ...options,
      zoom: [x + (x0 - x) * factor, y + (y0 - y) * factor, x + (x1 - x) * factor, y + (y1 - y) * factor],
    };
  },

  reset({ zoom: _zoom, ...options }) {
    return options;
  },
};

function plot({ width, height }: Size): Box {
  return { x: LEFT, y: 4, width: Math.max(1, width - LEFT - 8), height: Math.max(1, height - BOTTOM - 4) };
}

/** µm a contact is drawn wide and high: what fits between neighbours. */
function contactSize(layout: ChannelLayout): { width: number; height: number } {
  return memo(layout, 'contact size', () => {
    const { x, y } = layout;
    const across = least(x, (i, j) => Math.abs(y[i]! - y[j]!) < 0.1) ?? least(y, () => true) ?? 20;
    const width = 0.7 * Math.min(across, 3 * (least(y, () => true) ?? across));
    const height = 0.7 * (least(y, (i, j) => Math.abs(x[i]! - x[j]!) < width) ?? across);
    return { width, height };
  });
}

/** The least difference of two values that are not the same, among the pairs that count. */
function least(values: Float64Array, counts: (i: number, j: number) => boolean): number | undefined {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++)
    for (let j = i + 1; j < values.length; j++) {
      const d = Math.abs(values[i]! - values[j]!);
      if (d > 0.1 && d < smallest && counts(i, j)) smallest = d;
    }
  return Number.isFinite(smallest) ? smallest : undefined;
}

/** The whole probe, true to scale unless it would be too thin to see: then wider than true. */
function fit(layout: ChannelLayout, box: Box): Domain {
  const { width, height } = contactSize(layout);
  const x = extent(layout.x, 1.2 * width);
  const y = extent(layout.y, 1.2 * height);
  const perX = (x[1] - x[0]) / box.width;
  const perY = (y[1] - y[0]) / box.height;
  const thin = width / perY < 6;
  const per = Math.max(perX, perY);
  const [px, py] = thin ? [perX, perY] : [per, per];
  const [mx, my] = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
  const [w, h] = [(px * box.width) / 2, (py * box.height) / 2];
  return [mx - w, my - h, mx + w, my + h];
}

function extent(values: Float64Array, margin: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of values) {
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return [low - margin, high + margin];
}

function contactRects(
  layout: ChannelLayout,
  contact: { width: number; height: number },
  box: Box,
  domain: Domain,
  state: ViewState,
  data: Data,
): RectsMark {
  const rects = memo(layout, 'rects', () => {
    const out = new Float32Array(4 * layout.x.length);
    layout.x.forEach((x, i) => {
      const y = layout.y[i]!;
      out.set([x - contact.width / 2, y - contact.height / 2, x + contact.width / 2, y + contact.height / 2], 4 * i);
    });
    return out;
  });
  const places = answer(data, 'places', 'places');
  const key = ['contact colors', state.palette.name, ...state.unitIds].join();
  const colors = memo(places?.result ?? layout, key, () => {
    const out = bytes(fade(state.palette.neutral, 0.35), layout.x.length);
    // The first selected unit wins: it is painted last.
    for (let order = state.unitIds.length - 1; order >= 0; order--) {
      const place = places?.result.find(({ unitId }) => unitId === state.unitIds[order]);
      const color = bytes(fade(unitColor(state.palette, order), 0.75));
      for (const channel of place?.channels ?? []) out.set(color, 4 * channel);
    }
    return out;
  });
  return { kind: 'rects', box, domain, rects, colors };
}

function unitPoints(box: Box, domain: Domain, state: ViewState, data: Data): PointsMark[] {
  const places = answer(data, 'places', 'places')?.result;
  if (!places || places.length === 0) return [];
  const all = memo(places, 'positions', () => Float32Array.from(places.flatMap(({ x, y }) => [x, y])));
  const grey = memo(places, `grey ${state.palette.name}`, () => bytes(state.palette.text, places.length));
  const rims = memo(places, `rims ${state.palette.name}`, () => bytes(state.palette.background, places.length));
  const marks: PointsMark[] = [
    { kind: 'points', box, domain, position: all, colors: rims, size: 6 },
    { kind: 'points', box, domain, position: all, colors: grey, size: 4 },
  ];
  state.unitIds.forEach((unitId, order) => {
    const place = places.find((p) => p.unitId === unitId);
    if (!place) return;
    const key = `${order} ${unitId} ${state.palette.name}`;
    const position = memo(places, `at ${unitId}`, () => Float32Array.of(place.x, place.y));
    const rim = memo(places, `rim ${key}`, () => bytes(state.palette.background));
    const color = memo(places, `color ${key}`, () => bytes(unitColor(state.palette, order)));
    marks.push({ kind: 'points', box, domain, position, colors: rim, size: 13 });
    marks.push({ kind: 'points', box, domain, position, colors: color, size: 10 });
  });
  return marks;
}

/** Names of channels, when they fit into the contacts. */
function channelLabels(
  layout: ChannelLayout,
  contact: { width: number; height: number },
  box: Box,
  domain: Domain,
  state: ViewState,
): LabelMark[] {
  const names = channelNames(state.session.recording);
  const longest = Math.max(1, ...names.map((name) => name.length));
  const px = (contact.width / (domain[2] - domain[0])) * box.width;
  const py = (contact.height / (domain[3] - domain[1])) * box.height;
  if (px < 7 * longest || py < 13) return [];
  const labels: LabelMark[] = [];
  layout.x.forEach((x, i) => {
    const cx = box.x + ((x - domain[0]) / (domain[2] - domain[0])) * box.width;
    const cy = box.y + box.height - ((layout.y[i]! - domain[1]) / (domain[3] - domain[1])) * box.height;
    if (cx < box.x || cx > box.x + box.width || cy < box.y || cy > box.y + box.height) return;
    labels.push({ kind: 'label', x: cx, y: cy, text: names[i] ?? '', align: 'center', tone: 'plain' });
  });
  return labels;
}

function toUm({ x, y }: Hit, box: Box, [x0, y0, x1, y1]: Domain): [number, number] {
  return [x0 + ((x - box.x) / box.width) * (x1 - x0), y0 + ((box.y + box.height - y) / box.height) * (y1 - y0)];
}

/** The unit within 8 px of the pointer; a selected one before others. */
function nearestUnit(hit: Hit, state: ViewState, data: Data, options: ProbeOptions, size: Size) {
  const { layout } = state.session;
  const places = answer(data, 'places', 'places')?.result;
  if (!layout || !places) return undefined;
  const box = plot(size);
  const [x0, y0, x1, y1] = options.zoom ?? fit(layout, box);
  let best: (typeof places)[number] | undefined;
  let least = 8;
  for (const place of places) {
    const dx = ((place.x - x0) / (x1 - x0)) * box.width + box.x - hit.x;
    const dy = box.y + box.height - ((place.y - y0) / (y1 - y0)) * box.height - hit.y;
    const away = Math.hypot(dx, dy) - (state.unitIds.includes(place.unitId) ? 2 : 0);
    if (away < least) {
      least = away;
      best = place;
    }
  }
  return best;
}
