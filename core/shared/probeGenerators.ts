import type { z as Zod } from 'zod';
import type { Entry } from './entry.ts';
import { UserError } from './errors.ts';
import type { Probe, ProbeGroup } from './probe.ts';
import { z } from './zod.ts';

/** A probe made from a few numbers, wired straight: channel i is contact i. */
export interface ProbeGenerator<P extends Zod.ZodObject = Zod.ZodObject> extends Entry<P> {
  /** UserError if no such probe has that many contacts. */
  make(params: Zod.output<P>, channels: number): ProbeGroup;
}

const um = (title: string, value: number, what: string) =>
  z.number().default(value).describe(what).meta({ title, unit: 'µm' });
const size = (title: string, value: number, what: string) =>
  z.number().positive().default(value).describe(what).meta({ title, unit: 'µm' });
const radius = size('Contact radius', 6, 'Radius of a round contact; only for drawing. Usual: 5 to 15.').meta({
  title: 'Contact radius',
  unit: 'µm',
  advanced: true,
});

/** As probeinterface's generate_tetrode, once for every four channels. */
const tetrode: ProbeGenerator = generator({
  name: 'tetrode',
  label: 'Tetrode',
  help: 'Four wires twisted together, so that one neuron is seen by all four. Eight channels are two tetrodes, and so on: each is sorted as a place of its own.',
  params: z.object({
    r: size('Radius', 10, 'Distance of each wire from the middle. Usual: 10 to 20.'),
    pitch: size(
      'Distance between tetrodes',
      300,
      'How far apart tetrodes are placed, for more than four channels: far enough that no unit spans two.',
    ).meta({ title: 'Distance between tetrodes', unit: 'µm', advanced: true }),
  }),
  make({ r, pitch }, channels) {
    if (channels === 0 || channels % 4 !== 0) throw wrongCount('tetrodes have 4 contacts each', channels);
    const probes = Array.from({ length: channels / 4 }, (_, tetrodeIndex): Probe => {
      const positions = [0, 1, 2, 3].map((i) => [
        Math.cos((i * Math.PI) / 2) * r + tetrodeIndex * pitch,
        Math.sin((i * Math.PI) / 2) * r,
      ]);
      return { ...roundContacts(positions, 6), device_channel_indices: [0, 1, 2, 3].map((i) => 4 * tetrodeIndex + i) };
    });
    return { probes };
  },
});

const linear: ProbeGenerator = generator({
  name: 'linear',
  label: 'Linear probe',
  help: 'One column of contacts along a shank, the first channel at the tip.',
  params: z.object({
    ypitch: um('Pitch', 20, 'Distance from one contact to the next. Usual: 20 to 100.'),
    radius,
  }),
  make({ ypitch, radius: r }, channels) {
    return wired(columns([channels], 0, ypitch, [0], r), channels);
  },
});

const multiColumns: ProbeGenerator = generator({
  name: 'multi_columns',
  label: 'Columns',
  help: 'Several columns of contacts side by side, on one shank or more, as most silicon probes have. Channels go up the first column, then the next; then the next shank.',
  params: z.object({
    num_columns: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(2)
      .describe('Columns on a shank. Usual: 1 to 4.')
      .meta({ title: 'Columns' }),
    num_contact_per_column: z
      .array(z.number().int().min(1))
      .default([])
      .describe('Contacts of each column, from the left; empty: the channels in equal parts.')
      .meta({ title: 'Contacts a column', advanced: true }),
    xpitch: um('Pitch across', 20, 'Distance between columns. Usual: 15 to 50.'),
    ypitch: um('Pitch along', 20, 'Distance between the contacts of a column. Usual: 15 to 50.'),
    y_shift_per_column: z
      .array(z.number())
      .default([])
      .describe('How far each column is shifted along the shank; empty: not at all.')
      .meta({ title: 'Shift of each column', unit: 'µm', advanced: true }),
    num_shank: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(1)
      .describe('Shanks (prongs) of the probe. Usual: 1 to 8.')
      .meta({ title: 'Shanks' }),
    shank_pitch: um('Distance between shanks', 150, 'From one shank to the next. Usual: 150 to 250.'),
    radius,
  }),
  make(params, channels) {
    const { num_columns: columnCount, num_shank: shanks, xpitch, ypitch, shank_pitch: shankPitch } = params;
    const given = params.num_contact_per_column;
    const perShank = channels / shanks;
    const counts = given.length > 0 ? given : new Array<number>(columnCount).fill(perShank / columnCount);
    const sum = counts.reduce((a, b) => a + b, 0);
    if (counts.length !== columnCount)
      throw new UserError(`${counts.length} columns are described, there are ${columnCount}`, {
        hint: 'num_contact_per_column takes one number a column.',
      });
    if (channels === 0 || !counts.every((n) => Number.isInteger(n) && n > 0) || sum * shanks !== channels)
      throw wrongCount(
        given.length > 0
          ? `the columns hold ${sum * shanks} contacts`
          : `${columnCount} columns on ${shanks} shank(s) do not divide them`,
        channels,
      );
    const shifts = params.y_shift_per_column.length > 0 ? params.y_shift_per_column : counts.map(() => 0);
    if (shifts.length !== columnCount)
      throw new UserError(`${shifts.length} shifts are given, there are ${columnCount} columns`, {
        hint: 'y_shift_per_column takes one number a column.',
      });
    const shank = columns(counts, xpitch, ypitch, shifts, params.radius);
    return wired(shanks === 1 ? shank : combine(shank, shanks, shankPitch), channels);
  },
});

export const probeGenerators: readonly ProbeGenerator[] = [tetrode, linear, multiColumns];

/** Checks an entry's types where it is written; the list holds them without. */
function generator<P extends Zod.ZodObject>(entry: ProbeGenerator<P>): ProbeGenerator {
  return { ...entry, make: (params, channels) => entry.make(entry.params.parse(params), channels) };
}

function wrongCount(why: string, channels: number): UserError {
  return new UserError(`the recording has ${channels} channels, but ${why}`, {
    hint: 'Change the numbers, or choose another probe.',
  });
}

/** A flat probe of round contacts, not wired yet. positions: [contacts][x, y], µm */
export function roundContacts(positions: readonly (readonly number[])[], radiusUm: number): Probe {
  return {
    ndim: 2,
    si_units: 'um',
    annotations: {},
    contact_annotations: {},
    contact_positions: positions,
    contact_shapes: positions.map(() => 'circle'),
    contact_shape_params: positions.map(() => ({ radius: radiusUm })),
  };
}

/** As probeinterface's generate_multi_columns_probe: column after column, from the tip up. */
function columns(
  counts: readonly number[],
  xpitch: number,
  ypitch: number,
  shifts: readonly number[],
  radiusUm: number,
): Probe {
  const positions = counts.flatMap((count, column) =>
    Array.from({ length: count }, (_, row) => [column * xpitch, row * ypitch + (shifts[column] ?? 0)]),
  );
  return {
    ...roundContacts(positions, radiusUm),
    contact_ids: positions.map((_, i) => String(i)),
    probe_planar_contour: tipContour(positions, 25),
  };
}

/** As create_auto_shape('tip'): a rectangle around the contacts, its tip four margins long. */
function tipContour(positions: readonly (readonly number[])[], margin: number): readonly (readonly number[])[] {
  const xs = positions.map((p) => p[0] ?? 0);
  const ys = positions.map((p) => p[1] ?? 0);
  const left = Math.min(...xs) - margin;
  const right = Math.max(...xs) + margin;
  const low = Math.min(...ys) - margin;
  const top = Math.max(...ys) + margin;
  return [
    [left, top],
    [left, low],
    [(left + right) / 2, low - 4 * margin],
    [right, low],
    [right, top],
  ];
}

/** As combine_probes: the shank again and again along x, one outline around all. */
function combine(shank: Probe, shanks: number, pitch: number): Probe {
  const move = (points: readonly (readonly number[])[], i: number) =>
    points.map((p) => [(p[0] ?? 0) + i * pitch, p[1] ?? 0]);
  const indices = Array.from({ length: shanks }, (_, i) => i);
  const outline = indices.flatMap((i) => move(shank.probe_planar_contour ?? [], i));
  const first = outline[0] ?? [0, 0];
  const last = outline.at(-1) ?? [0, 0];
  const positions = indices.flatMap((i) => move(shank.contact_positions, i));
  return {
    ...roundContacts(positions, shank.contact_shape_params[0]?.radius ?? 6),
    contact_ids: positions.map((_, i) => String(i)),
    shank_ids: indices.flatMap((i) => shank.contact_positions.map(() => String(i))),
    probe_planar_contour: [[first[0]!, first[1]! + 40], ...outline, [last[0]!, last[1]! + 40]],
  };
}

function wired(probe: Probe, channels: number): ProbeGroup {
  if (probe.contact_positions.length !== channels || channels === 0)
    throw wrongCount(`the probe has ${probe.contact_positions.length} contacts`, channels);
  return { probes: [{ ...probe, device_channel_indices: Array.from({ length: channels }, (_, i) => i) }] };
}
