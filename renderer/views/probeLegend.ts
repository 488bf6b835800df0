import type { ChannelLayout } from '../../core/shared/probe.ts';
import type { LabelMark, Mark } from '../gl/mark.ts';
import { bottomAxis, leftAxis, pixelLines, plain, roundDown } from './axis.ts';
import { channelNames } from './channelNames.ts';
import { memo } from './memo.ts';
import { bytes } from './palette.ts';
import { brightness, shade } from './probeContactMarks.ts';
import { prongsOf } from './probeContacts.ts';
import { type Activity, activityOf } from './probeData.ts';
import type { ProbeOptions } from './probeOptions.ts';
import { contactBox, pixelOf, type Scene } from './probeScene.ts';
import type { Data, ViewState } from './view.ts';

/** CSS pixels a letter of a label is wide, about. */
const LETTER = 6.5;
/** Labels are elements of the page. */
const MAX_LABELS = 200;

/** What tells the reader how large, how much and which: axes or scale, colours, names. */
export function legendMarks(
  layout: ChannelLayout,
  scene: Scene,
  state: ViewState,
  data: Data,
  options: ProbeOptions,
): Mark[] {
  const { box, domain } = scene;
  const { palette } = state;
  const marks: Mark[] = [];
  const activity = activityOf(data, options);
  if (options.channelNames) marks.push(...contactNames(scene, state, activity));
  marks.push(...shankNames(layout, scene));
  if (activity) marks.push(...colorLegend(activity, scene, state));
  if (options.solid) return [...marks, ...directions(scene, state)];
  marks.push(...leftAxis({ box, from: domain[1], to: domain[3], unit: 'µm', palette }));
  if (scene.contacts.shifted) marks.push(...scaleBar(scene, state));
  else marks.push(...bottomAxis({ box, from: domain[0], to: domain[2], unit: 'µm', palette }));
  return marks;
}

/** Names of channels, when they fit into the contacts. */
function contactNames(scene: Scene, state: ViewState, activity: Activity | undefined): LabelMark[] {
  const names = channelNames(state.session.recording);
  const longest = Math.max(1, ...names.map((name) => name.length));
  const { x, y } = scene.contacts;
  const one = contactBox(scene, 0);
  if (one.width < LETTER * longest + 2 || one.height < 13) return [];
  const { box } = scene;
  const labels: LabelMark[] = [];
  x.forEach((cx, channel) => {
    const at = pixelOf(scene, cx, y[channel]!);
    const seen = at.x > box.x && at.x < box.x + box.width && at.y > box.y + 6 && at.y < box.y + box.height - 6;
    if (!seen) return;
    // On a bright contact the usual ink would not be seen.
    const bright = activity !== undefined && brightness(activity, channel) > 0.45;
    const color = bright && { color: state.palette.background };
    labels.push({ kind: 'label', ...at, text: names[channel] ?? '', align: 'center', tone: 'plain', ...color });
  });
  return labels.length > MAX_LABELS ? [] : labels;
}

/** Which shank is which, above each, where several have room for their names. */
function shankNames(layout: ChannelLayout, scene: Scene): LabelMark[] {
  const prongs = prongsOf(layout, scene.contacts);
  if (prongs.length < 2) return [];
  const probes = new Set(prongs.map(({ probe }) => probe)).size;
  const shanks = prongs.length > probes;
  const labels = prongs.map(({ probe, shank, x, top }): LabelMark => {
    const words = [...(probes > 1 ? [`probe ${probe + 1}`] : []), ...(shanks && shank ? [`shank ${shank}`] : [])];
    const at = pixelOf(scene, x, top);
    // Just above the box rather than among units that are located above the probe.
    const y = at.y < scene.box.y + 30 && at.y >= scene.box.y ? scene.box.y - 7 : at.y - 8;
    return { kind: 'label', x: at.x, y, text: words.join(' '), align: 'center', tone: 'dim' };
  });
  return apart(labels, scene) ? labels : apart(labels.map(short), scene) ? labels.map(short) : [];
}

/** "shank 2" → "2" */
function short(label: LabelMark): LabelMark {
  return { ...label, text: label.text.replaceAll(/(probe|shank) /g, '') };
}

function apart(labels: readonly LabelMark[], { box }: Scene): boolean {
  const half = (label: LabelMark) => (LETTER * label.text.length) / 2;
  const sorted = [...labels].sort((a, b) => a.x - b.x);
  return sorted.every((label, i) => {
    const next = sorted[i + 1];
    const inside = label.y > box.y - 10 && label.x - half(label) > box.x && label.x + half(label) < box.x + box.width;
    return inside && (!next || label.x + half(label) + 4 < next.x - half(next));
  });
}

/** From the least to the most, above the picture. */
function colorLegend({ kind, range, unit }: Activity, { box }: Scene, { palette }: ViewState): Mark[] {
  const steps = 24;
  const [low, high] = range.map((v) => plain(Number(v.toPrecision(3)))) as [string, string];
  const text = kind === 'rms' ? `${high} ${unit} RMS` : `${high} ${unit}`;
  const room = LETTER * (low.length + text.length) + 24;
  const width = Math.min(120, box.width - room);
  if (width < 16) return [];
  const right = box.x + box.width - LETTER * text.length - 8;
  const bar = { x: right - width, y: 7, width, height: 8 };
  const rects = memo(palette, 'legend rects', () =>
    Float32Array.from(Array.from({ length: steps }, (_, i) => [i, 0, i + 1, 1]).flat()),
  );
  const colors = memo(palette, 'legend colors', () =>
    Uint8Array.from(Array.from({ length: steps }, (_, i) => [...bytes(shade(palette, i / (steps - 1)))]).flat()),
  );
  return [
    { kind: 'rects', box: bar, domain: [0, 0, steps, 1], rects, colors },
    { kind: 'label', x: bar.x - 4, y: 11, text: low, align: 'right', tone: 'dim' },
    { kind: 'label', x: right + 4, y: 11, text, align: 'left', tone: 'dim' },
  ];
}

/** Probes side by side have no common x: how long some µm are instead. */
function scaleBar({ box, domain }: Scene, { palette }: ViewState): Mark[] {
  const perPixel = (domain[2] - domain[0]) / box.width;
  const um = roundDown(perPixel * Math.min(100, box.width / 3));
  const y = box.y + box.height + 8;
  return [
    pixelLines([box.x + 2, y, box.x + 2 + um / perPixel, y], palette.text),
    { kind: 'label', x: box.x + 8 + um / perPixel, y: y + 2, text: `${plain(um)} µm`, align: 'left', tone: 'dim' },
  ];
}

/** In 3D: lines of the same length in µm along x, y and z from the lower left corner. */
function directions(scene: Scene, { palette }: ViewState): Mark[] {
  const { box, domain, at, wider } = scene;
  const perPixel = (domain[2] - domain[0]) / box.width;
  const um = roundDown(perPixel * Math.min(60, box.height / 4, box.width / 5));
  const origin = at(0, 0, 0);
  const by = (to: readonly [number, number]) =>
    [(to[0] - origin[0]) / perPixel, (origin[1] - to[1]) / perPixel] as const;
  const ways = { x: by(at(um / wider, 0, 0)), y: by(at(0, um, 0)), z: by(at(0, 0, um / wider)) };
  const ends = Object.values(ways);
  const x = box.x + 16 - Math.min(0, ...ends.map(([dx]) => dx));
  const y = box.y + box.height - 26 - Math.max(0, ...ends.map(([, dy]) => dy));
  const lines = ends.flatMap(([dx, dy]) => [x, y, x + dx, y + dy]);
  const across = wider > 1 ? `${plain(Number((um / wider).toPrecision(2)))} µm` : `${plain(um)} µm`;
  const named = (name: string, [dx, dy]: readonly [number, number]): LabelMark[] => {
    const long = Math.hypot(dx, dy);
    if (long < 12) return []; // one looks along it
    const further = (long + 8) / long;
    return [{ kind: 'label', x: x + dx * further, y: y + dy * further, text: name, align: 'center', tone: 'dim' }];
  };
  const text = wider > 1 ? `x, z ${across} · y ${plain(um)} µm` : across;
  return [
    pixelLines(lines, palette.text),
    ...Object.entries(ways).flatMap(([name, way]) => named(name, way)),
    { kind: 'label', x: box.x + 2, y: box.y + box.height - 4, text, align: 'left', tone: 'dim' },
  ];
}
