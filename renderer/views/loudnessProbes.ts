import type { Size } from '../gl/mark.ts';
import type { Look } from './chainLooks.ts';
import { memo } from './memo.ts';
import { memoLast } from './memoLast.ts';
import { bytes, fade, type Palette } from './palette.ts';
import { shade } from './probeContactMarks.ts';
import { contactsOf } from './probeContacts.ts';
import { contactBox, type Scene } from './probeScene.ts';

type What = 'rms' | 'crossings';

export interface Loud {
  /** [channels]; NaN: not known */
  readonly values: Float64Array;
  /** Values of the darkest and the brightest contact. */
  readonly range: readonly [number, number];
  readonly unit: string;
}

/** One of the two probes. */
export interface LoudProbe {
  readonly look: Look;
  readonly scene: Scene;
  readonly loud: Loud;
}

const LEFT = 46;
const TOP = 36;
const BOTTOM = 8;
const GAP = 12;
/** No contact is drawn wider than this, CSS pixels. */
const WIDEST = 40;

export function loudOf({ look }: Look, what: What): Loud {
  return memo(look, `loud ${what}`, () => {
    const seconds = Math.max(1e-9, (look.endFrame - look.startFrame) / look.samplingFrequency);
    const values = what === 'rms' ? look.rms : Float64Array.from(look.crossings, (n) => n / seconds);
    return { values, range: rangeOf(values, what), unit: what === 'rms' ? look.unit : '/s' };
  });
}

/** A loud broken channel must not make all others look alike. */
function rangeOf(values: Float64Array, what: What): readonly [number, number] {
  const known = values.filter((v) => !Number.isNaN(v)).sort();
  const quantile = (part: number) => known[Math.round(part * (known.length - 1))] ?? 0;
  const high = quantile(0.98);
  const low = what === 'rms' ? quantile(0.02) : 0;
  return high > low ? [low, high] : [0, high || 1];
}

/** Both probes with what their shades mean: the same where both have the same unit. */
export function probesOf(
  before: Look | undefined,
  after: Look | undefined,
  what: What,
  { width, height }: Size,
): readonly LoudProbe[] {
  const looks = [before, after].flatMap((look) => (look?.look.layout ? [look] : []));
  const each = Math.max(1, (width - LEFT - GAP * looks.length) / Math.max(1, looks.length));
  const common = looks.map((look) => loudOf(look, what));
  return looks.map((look, i) => {
    const own = loudOf(look, what);
    const same = common.filter(({ unit }) => unit === own.unit);
    const range = [Math.min(...same.map((l) => l.range[0])), Math.max(...same.map((l) => l.range[1]))] as const;
    const loud = memoLast(own, 'common range', `${range}`, () => ({ ...own, range }));
    return { look, loud, scene: sceneOf(look, LEFT + i * (each + GAP), each, height) };
  });
}

/** Heights are true; widths are drawn as wide as there is room, so that columns of contacts can be told apart. */
function sceneOf({ look }: Look, x: number, width: number, height: number): Scene {
  const contacts = contactsOf(look.layout!, false);
  const [x0, y0, x1, y1] = contacts.extent;
  const box = { x, y: TOP, width, height: Math.max(1, height - TOP - BOTTOM) };
  const pixels = Math.min(width, (WIDEST * (x1 - x0)) / contacts.width);
  const perPixel = (x1 - x0) / pixels;
  const perY = (y1 - y0) / box.height;
  const wide = Math.max(perPixel, (x1 - x0) / width);
  // Never taller than as wide as it is drawn: few contacts are no towers.
  const tall = Math.max(perY, contacts.height / (2 * WIDEST));
  const rest = box.height * tall - (y1 - y0);
  return {
    box,
    domain: [x0, y0 - rest / 2, x0 + wide * width, y1 + rest / 2],
    contacts,
    wider: 1,
    middle: [(x0 + x1) / 2, (y0 + y1) / 2],
    at: (u, v) => [u, v],
  };
}

/** Contacts lower than this, CSS pixels, would fall between the pixels. */
const LOWEST = 1.5;

/** [contacts][x0, y0, x1, y1] */
export function rectsOf({ contacts, domain, box }: Scene): Float32Array {
  const up = Math.max(contacts.height, (LOWEST * (domain[3] - domain[1])) / box.height) / 2;
  return memoLast(contacts, 'loud rects', `${up}`, () => {
    const { x, y, width } = contacts;
    const out = new Float32Array(4 * x.length);
    x.forEach((cx, i) => {
      out.set([cx - width / 2, y[i]! - up, cx + width / 2, y[i]! + up], 4 * i);
    });
    return out;
  });
}

/** [contacts][4] */
export function colorsOf(loud: Loud, palette: Palette): Uint8Array {
  return memo(loud, `loud colors ${palette.name}`, () => {
    const { values, range } = loud;
    const out = new Uint8Array(4 * values.length);
    values.forEach((value, channel) => {
      const part = (value - range[0]) / (range[1] - range[0]);
      out.set(bytes(Number.isNaN(part) ? fade(palette.faint, 0) : shade(palette, part)), 4 * channel);
    });
    return out;
  });
}

/** The contact at a pixel, or nearest to it within a few. */
export function channelAt(x: number, y: number, probes: readonly LoudProbe[]) {
  for (const { look, scene } of probes) {
    const { box, contacts } = scene;
    if (x < box.x || x >= box.x + box.width || y < box.y || y >= box.y + box.height) continue;
    let best: { readonly channel: number; readonly away: number } | undefined;
    for (let channel = 0; channel < contacts.x.length; channel++) {
      const one = contactBox(scene, channel);
      const dx = Math.max(one.x - x, 0, x - one.x - one.width);
      const dy = Math.max(one.y - y, 0, y - one.y - one.height);
      const away = Math.hypot(dx, dy);
      if (away <= 6 && (!best || away < best.away)) best = { channel, away };
    }
    return best && { look, channel: best.channel };
  }
  return undefined;
}
