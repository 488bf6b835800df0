import { UserError } from './errors.ts';
import type { Json } from './json.ts';
import type { Probe, ProbeGroup } from './probe.ts';

const MAX_CONTACTS = 100_000;
const SHAPES = ['circle', 'square', 'rect'];
/** Factor to µm. */
const UNITS: Readonly<Record<string, number>> = { um: 1, µm: 1, mm: 1000, m: 1_000_000 };

type JsonObject = { readonly [key: string]: Json | undefined };

/** Read a probeinterface JSON (as parsed). Lengths come out in µm. `name` is what errors call it: its file. */
export function parseProbeJson(json: unknown, name: string): ProbeGroup {
  const bad = (why: string): never => {
    throw new UserError(`${name} is not a readable probe file: ${why}`, {
      path: name,
      hint: 'A probeinterface JSON file is needed, as write_probeinterface makes it.',
    });
  };
  if (!isObject(json) || !Array.isArray(json.probes)) return bad('it has no list "probes"');
  if (json.specification !== undefined && json.specification !== 'probeinterface')
    bad('its specification is not "probeinterface"');
  if (json.probes.length === 0) bad('it has no probe');
  const several = json.probes.length > 1;
  const probes = json.probes.map((probe: Json, i: number) =>
    parseProbe(probe, (why) => bad(several ? `probe ${i}, ${why}` : why)),
  );
  const wired = probes.flatMap((probe) => (probe.device_channel_indices ?? []).filter((channel) => channel >= 0));
  if (new Set(wired).size < wired.length) bad('two contacts are wired to one channel');
  return { probes };
}

type Bad = (why: string) => never;

function parseProbe(json: Json, bad: Bad): Probe {
  if (!isObject(json)) return bad('a probe is not an object');
  const { ndim, si_units = 'um' } = json;
  if (ndim !== 2 && ndim !== 3) return bad('ndim is not 2 or 3');
  const toUm = typeof si_units === 'string' ? UNITS[si_units] : undefined;
  if (toUm === undefined) return bad(`si_units is "${String(si_units)}", not um, mm or m`);
  const positions = points(json.contact_positions, ndim, toUm);
  if (!positions) return bad(`contact_positions are not rows of ${ndim} numbers`);
  if (positions.length > MAX_CONTACTS) return bad(`it has ${positions.length} contacts`);
  const n = positions.length;

  const shapes = texts(json.contact_shapes ?? new Array<Json>(n).fill('circle'), n);
  if (!shapes?.every((shape) => SHAPES.includes(shape)))
    return bad(`contact_shapes are not ${n} of ${SHAPES.join(', ')}`);
  const shapeParams = shapeSizes(json.contact_shape_params ?? new Array<Json>(n).fill({ radius: 6 }), n, toUm);
  if (!shapeParams) return bad(`contact_shape_params are not ${n} objects of sizes`);

  const axes = given(json.contact_plane_axes);
  const planeAxes = axes === undefined ? undefined : rows(axes, n)?.map((pair) => points(pair, ndim, 1));
  if (axes !== undefined && !planeAxes?.every((pair) => pair?.length === 2))
    return bad('contact_plane_axes are not a pair of directions a contact');
  const contour = given(json.probe_planar_contour);
  const outline = contour === undefined ? undefined : points(contour, ndim, toUm);
  if (contour !== undefined && !outline) return bad('probe_planar_contour is not rows of numbers');

  const wiring = given(json.device_channel_indices);
  const channels =
    wiring === undefined
      ? undefined
      : rows(wiring, n)?.map((channel) => (typeof channel === 'number' ? channel : Number.NaN));
  if (wiring !== undefined && !channels?.every((c) => Number.isInteger(c) && c >= -1))
    return bad('device_channel_indices are not a channel (or -1) a contact');

  const list = (key: string): readonly string[] | undefined => {
    const value = given(json[key]);
    if (value === undefined) return undefined;
    return texts(value, n) ?? bad(`${key} are not ${n} values`);
  };
  const contactIds = list('contact_ids');
  // Older files have empty ids where there are none.
  const shankIds = list('shank_ids');
  const shanks = shankIds?.every((id) => id === '') ? undefined : shankIds;
  const sides = list('contact_sides');
  const annotations = json.annotations ?? {};
  if (!isObject(annotations)) return bad('annotations are not an object');
  const contactAnnotations: Record<string, readonly Json[]> = Object.create(null);
  for (const [key, value] of Object.entries(json.contact_annotations ?? {})) {
    if (!Array.isArray(value) || value.length !== n) return bad(`contact_annotations ${key} are not ${n} values`);
    contactAnnotations[key] = value;
  }
  return {
    ndim,
    si_units: 'um',
    annotations,
    contact_annotations: contactAnnotations,
    contact_positions: positions,
    ...(planeAxes && { contact_plane_axes: planeAxes.map((pair) => pair!) }),
    contact_shapes: shapes,
    contact_shape_params: shapeParams,
    ...(outline && { probe_planar_contour: outline }),
    ...(channels && { device_channel_indices: channels }),
    ...(contactIds && { contact_ids: contactIds }),
    ...(shanks && { shank_ids: shanks }),
    ...(sides && { contact_sides: sides }),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** SpikeInterface writes null where there is nothing. */
function given(value: Json | undefined): Json | undefined {
  return value === null ? undefined : value;
}

function rows(value: Json | undefined, length: number): readonly Json[] | undefined {
  return Array.isArray(value) && value.length === length ? value : undefined;
}

function texts(value: Json, length: number): readonly string[] | undefined {
  const values = rows(value, length);
  if (!values?.every((v) => typeof v === 'string' || typeof v === 'number')) return undefined;
  return values.map(String);
}

function points(value: Json | undefined, ndim: number, factor: number): readonly (readonly number[])[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const out: number[][] = [];
  for (const row of value) {
    if (!Array.isArray(row) || row.length !== ndim) return undefined;
    if (!row.every((n): n is number => typeof n === 'number' && Number.isFinite(n))) return undefined;
    out.push(row.map((n) => n * factor));
  }
  return out;
}

function shapeSizes(
  value: Json,
  length: number,
  factor: number,
): readonly Readonly<Record<string, number>>[] | undefined {
  const values = rows(value, length);
  if (!values) return undefined;
  const out: Readonly<Record<string, number>>[] = [];
  for (const params of values) {
    if (!isObject(params)) return undefined;
    const sizes: Record<string, number> = {};
    for (const key of ['radius', 'width', 'height']) {
      const size = params[key];
      if (size === undefined) continue;
      if (typeof size !== 'number' || !Number.isFinite(size)) return undefined;
      sizes[key] = size * factor;
    }
    out.push(sizes);
  }
  return out;
}
