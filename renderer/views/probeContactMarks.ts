import type { AreaMark, Color, Mark, RectsMark, SegmentsMark } from '../gl/mark.ts';
import { pixelLines } from './axis.ts';
import { memo } from './memo.ts';
import { memoLast } from './memoLast.ts';
import { bytes, fade, mix, type Palette, unitColor } from './palette.ts';
import { type Activity, activityOf, placesOf, sparsityOf } from './probeData.ts';
import type { ProbeOptions } from './probeOptions.ts';
import { contactBox, cornersOf, type Scene } from './probeScene.ts';
import type { Data, ViewState } from './view.ts';

/** As phy: more units' channels are not coloured. */
export const MAX_UNITS = 20;
/** Steps of brightness: in 3D each is a draw call. */
const SHADES = 24;

/** Contacts, filled; and the frames around those that selected units are on, or the first one keeps. */
export function contactMarks(scene: Scene, state: ViewState, data: Data, options: ProbeOptions): Mark[] {
  const colors = contactColors(scene, state, data, options);
  const fills = options.solid ? solidContacts(scene, colors) : [flatContacts(scene, colors)];
  return [...fills, ...frames(scene, state, data, options), ...focusFrame(scene, state)];
}

function flatContacts({ contacts, box, domain }: Scene, colors: Uint8Array): RectsMark {
  const rects = memo(contacts, 'rects', () => {
    const { x, y, width, height } = contacts;
    const out = new Float32Array(4 * x.length);
    x.forEach((cx, i) => {
      out.set([cx - width / 2, y[i]! - height / 2, cx + width / 2, y[i]! + height / 2], 4 * i);
    });
    return out;
  });
  return { kind: 'rects', box, domain, rects, colors };
}

/** Turned contacts are no upright rectangles: one area a colour. */
function solidContacts(scene: Scene, colors: Uint8Array): AreaMark[] {
  const { box, domain, contacts } = scene;
  const channelsOf = new Map<number, number[]>();
  for (let c = 0; c < contacts.x.length; c++) {
    const [r, g, b, a] = colors.subarray(4 * c, 4 * c + 4);
    const code = ((r! * 256 + g!) * 256 + b!) * 256 + a!;
    const same = channelsOf.get(code);
    if (same) same.push(c);
    else channelsOf.set(code, [c]);
  }
  return [...channelsOf.values()].map((channels): AreaMark => {
    const at = 4 * channels[0]!;
    const [r, g, b, a] = colors.subarray(at, at + 4);
    const position = Float32Array.from(
      channels.flatMap((channel) => {
        const [p, q, s, t] = cornersOf(scene, channel);
        return [...p!, ...q!, ...t!, ...s!];
      }),
    );
    return { kind: 'area', box, domain, position, run: 2, color: [r! / 255, g! / 255, b! / 255, a! / 255] };
  });
}

/** out: [channels][4] */
function contactColors({ contacts }: Scene, state: ViewState, data: Data, options: ProbeOptions): Uint8Array {
  const { palette, unitIds } = state;
  const channels = contacts.x.length;
  const activity = activityOf(data, options);
  if (activity) return memo(activity, `shades ${palette.name}`, () => shades(activity, palette));
  const places = placesOf(data);
  const key = [palette.name, ...unitIds].join();
  return memoLast(places ?? contacts, 'contact colors', key, () => {
    const out = bytes(fade(palette.neutral, 0.35), channels);
    // The first selected unit wins: it is painted last.
    for (let order = Math.min(MAX_UNITS, unitIds.length) - 1; order >= 0; order--) {
      const place = places?.find(({ unitId }) => unitId === unitIds[order]);
      const color = bytes(fade(unitColor(palette, order), 0.75));
      for (const channel of place?.channels ?? []) out.set(color, 4 * channel);
    }
    return out;
  });
}

function shades(activity: Activity, palette: Palette): Uint8Array {
  const out = new Uint8Array(4 * activity.values.length);
  activity.values.forEach((value, channel) => {
    const color = Number.isNaN(value) ? fade(palette.faint, 0) : shade(palette, brightness(activity, channel));
    out.set(bytes(color), 4 * channel);
  });
  return out;
}

/** 0 to 1 within the range, below and above it beyond; NaN: not known. */
export function brightness({ values, range }: Activity, channel: number): number {
  return (values[channel]! - range[0]) / (range[1] - range[0]);
}

/** From what is hardly seen to what stands out most, in steps. */
export function shade(palette: Palette, part: number): Color {
  const step = Math.round(Math.min(1, Math.max(0, part)) * SHADES) / SHADES;
  return mix(palette.faint, palette.text, step);
}

function frames(scene: Scene, state: ViewState, data: Data, options: ProbeOptions): SegmentsMark[] {
  const { palette, unitIds } = state;
  const colorOf = new Map<number, Color>();
  const activity = activityOf(data, options);
  if (activity) {
    // What is not known is a hole with a frame.
    activity.values.forEach((value, channel) => {
      if (Number.isNaN(value)) colorOf.set(channel, palette.line);
    });
    const places = placesOf(data);
    for (let order = Math.min(MAX_UNITS, unitIds.length) - 1; order >= 0; order--) {
      const place = places?.find(({ unitId }) => unitId === unitIds[order]);
      for (const channel of place?.channels ?? []) colorOf.set(channel, unitColor(palette, order));
    }
  }
  const sparsity = sparsityOf(state, data, options);
  const own = activity ? unitColor(palette, 0) : mix(unitColor(palette, 0), palette.text, 0.6);
  sparsity?.kept.forEach((kept, channel) => {
    if (kept) colorOf.set(channel, own);
  });
  if (colorOf.size === 0) return [];
  const key = JSON.stringify([palette.name, options.solid && [options.turn, scene.wider, scene.middle], [...colorOf]]);
  const made = memoLast(scene.contacts, 'frames', key, () => {
    const channels = [...colorOf.keys()];
    return {
      position: Float32Array.from(channels.flatMap((channel) => around(cornersOf(scene, channel)))),
      colors: Uint8Array.from([...colorOf.values()].flatMap((color) => [...bytes(color, 4)])),
    };
  });
  return [{ kind: 'segments', box: scene.box, domain: scene.domain, ...made }];
}

function around(corners: readonly (readonly [number, number])[]): number[] {
  return corners.flatMap((corner, i) => [...corner, ...corners[(i + 1) % corners.length]!]);
}

/** The channel that was picked last: a frame two pixels away from its contact, two wide. */
function focusFrame(scene: Scene, { focus, palette }: ViewState): SegmentsMark[] {
  const { channel } = focus;
  if (channel === undefined || channel >= scene.contacts.x.length) return [];
  const { x, y, width, height } = contactBox(scene, channel);
  const ring = (by: number): number[] => {
    const [left, top, right, bottom] = [x - by, y - by, x + width + by, y + height + by];
    return [left, top, right, top, right, top, right, bottom, right, bottom, left, bottom, left, bottom, left, top];
  };
  return [pixelLines([...ring(2), ...ring(3)], palette.text, scene.box)];
}
