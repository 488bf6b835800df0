import type { UnitPlace } from '../../core/shared/api.ts';
import type { ChannelLayout } from '../../core/shared/probe.ts';
import type { Box, Domain, Size } from '../gl/mark.ts';
import { memoLast } from './memoLast.ts';
import { type Contacts, contactsOf, shankCount } from './probeContacts.ts';
import { drawnPlace, placesOf } from './probeData.ts';
import type { ProbeOptions } from './probeOptions.ts';
import type { Data } from './view.ts';

/** Where things on the probe are in the picture. */
export interface Scene {
  readonly box: Box;
  readonly domain: Domain;
  readonly contacts: Contacts;
  /** How many times wider than true the probe is drawn. */
  readonly wider: number;
  /** µm: what 3D turns around. */
  readonly middle: readonly [number, number];
  /** Place in the domain of a place in µm, shifted as its probe is. */
  at(x: number, y: number, z: number): readonly [number, number];
}

type Extent = Contacts['extent'];

/** A unit that is located further than this from all contacts is not waited for. */
const FAR_UM = 60;
/** So that units at the edge are seen whole, CSS pixels. */
const RIM = 8;
const LEFT = 44;
const BOTTOM = 22;
/** For the legend of the activity, and for names of shanks. */
const LEGEND = 20;
const NAMES = 14;
/** Contacts narrower than this, CSS pixels, cannot be told apart: the probe is drawn wider… */
const NARROW = 8;
/** …until they are so wide. */
const WIDE = 26;

export function sceneOf(layout: ChannelLayout, options: ProbeOptions, size: Size, data: Data): Scene {
  const contacts = contactsOf(layout, options.trueGaps);
  const box = plot(size, options, shankCount(layout) > 1);
  const extent = extentOf(contacts, placesOf(data));
  return options.solid ? solidScene(contacts, extent, options, box) : flatScene(contacts, extent, options, box);
}

/** All contacts, and the units that are not far away from them. */
function extentOf(contacts: Contacts, places: readonly UnitPlace[] | undefined): Extent {
  if (!places) return contacts.extent;
  return memoLast(places, 'extent', `${contacts.extent}`, () => {
    let [x0, y0, x1, y1] = contacts.extent;
    const [least, lowest, most, highest] = [x0 - FAR_UM, y0 - FAR_UM, x1 + FAR_UM, y1 + FAR_UM];
    for (const place of places) {
      const [x, y] = drawnPlace(contacts, place);
      if (Number.isNaN(x + y)) continue;
      [x0, x1] = [Math.min(x0, Math.max(least, x)), Math.max(x1, Math.min(most, x))];
      [y0, y1] = [Math.min(y0, Math.max(lowest, y)), Math.max(y1, Math.min(highest, y))];
    }
    return [x0, y0, x1, y1];
  });
}

function plot({ width, height }: Size, { activity, solid }: ProbeOptions, named: boolean): Box {
  const top = 4 + (activity === 'none' ? 0 : LEGEND) + (named ? NAMES : 0);
  const [left, bottom] = solid ? [8, 8] : [LEFT, BOTTOM];
  return { x: left, y: top, width: Math.max(1, width - left - 8), height: Math.max(1, height - bottom - top) };
}

/** µm a pixel with all contacts in the box, and how many times wider they must be to be seen. */
function fit({ width }: Contacts, extent: Extent, box: Box): { per: number; wider: number } {
  const [x0, y0, x1, y1] = extent;
  const perX = (x1 - x0) / Math.max(1, box.width - 2 * RIM);
  const per = Math.max(perX, (y1 - y0) / Math.max(1, box.height - 2 * RIM));
  const pixels = width / per;
  return { per, wider: pixels < NARROW ? Math.min(per / perX, WIDE / pixels) : 1 };
}

function flatScene(contacts: Contacts, extent: Extent, { zoom }: ProbeOptions, box: Box): Scene {
  const { per, wider } = fit(contacts, extent, box);
  const [x0, y0, x1, y1] = extent;
  const domain = zoom ?? around((x0 + x1) / 2, (y0 + y1) / 2, (per * box.width) / wider, per * box.height);
  return { box, domain, contacts, wider, middle: [(x0 + x1) / 2, (y0 + y1) / 2], at: (x, y) => [x, y] };
}

/** Seen along parallel lines, turned around the middle of the contacts. */
function solidScene(contacts: Contacts, extent: Extent, { solidZoom, turn }: ProbeOptions, box: Box): Scene {
  const { wider } = fit(contacts, extent, box);
  const [x0, y0, x1, y1] = extent;
  const [yaw, pitch] = turn.map((degrees) => (degrees * Math.PI) / 180) as [number, number];
  const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const half = ((x1 - x0) / 2) * wider;
  const up = ((y1 - y0) / 2) * Math.cos(pitch) + half * Math.abs(Math.sin(pitch));
  const per = Math.max((2.2 * half) / box.width, (2.2 * up) / box.height);
  const domain = solidZoom ?? around(0, 0, per * box.width, per * box.height);
  return {
    box,
    domain,
    contacts,
    wider,
    middle: [mx, my],
    at(x, y, z) {
      const [across, deep] = [(x - mx) * wider, z * wider];
      const back = deep * Math.cos(yaw) - across * Math.sin(yaw);
      return [across * Math.cos(yaw) + deep * Math.sin(yaw), (y - my) * Math.cos(pitch) + back * Math.sin(pitch)];
    },
  };
}

function around(x: number, y: number, width: number, height: number): Domain {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

/** CSS pixels of a place in µm. */
export function pixelOf({ box, domain, at }: Scene, x: number, y: number, z = 0): { x: number; y: number } {
  const [u, v] = at(x, y, z);
  const [x0, y0, x1, y1] = domain;
  return {
    x: box.x + ((u - x0) / (x1 - x0)) * box.width,
    y: box.y + box.height - ((v - y0) / (y1 - y0)) * box.height,
  };
}

/** Place in the domain of a pixel. */
export function domainAt({ box, domain }: Scene, x: number, y: number): [number, number] {
  const [x0, y0, x1, y1] = domain;
  return [x0 + ((x - box.x) / box.width) * (x1 - x0), y0 + ((box.y + box.height - y) / box.height) * (y1 - y0)];
}

/** The four corners of a contact in the domain, one after the other around it. */
export function cornersOf({ contacts, at }: Scene, channel: number): (readonly [number, number])[] {
  const { x, y, width, height } = contacts;
  const [cx, cy, w, h] = [x[channel]!, y[channel]!, width / 2, height / 2];
  return [at(cx - w, cy - h, 0), at(cx + w, cy - h, 0), at(cx + w, cy + h, 0), at(cx - w, cy + h, 0)];
}

/** CSS pixels around a contact. */
export function contactBox(scene: Scene, channel: number): Box {
  const { box, domain } = scene;
  const [x0, y0, x1, y1] = domain;
  const corners = cornersOf(scene, channel);
  const xs = corners.map(([u]) => box.x + ((u - x0) / (x1 - x0)) * box.width);
  const ys = corners.map(([, v]) => box.y + box.height - ((v - y0) / (y1 - y0)) * box.height);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** `domain` made larger by `factor`; the place stays where it is. */
export function zoomed([x0, y0, x1, y1]: Domain, [x, y]: readonly [number, number], factor: number): Domain {
  return [x + (x0 - x) * factor, y + (y0 - y) * factor, x + (x1 - x) * factor, y + (y1 - y) * factor];
}
