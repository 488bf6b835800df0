import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseProbeJson } from '../../core/shared/probeJson.ts';
import { probeJson } from '../../core/shared/probeJsonWrite.ts';
import { z } from '../../core/shared/zod.ts';
import { readJson } from '../../core/store/json.ts';
import type { Area } from './area.ts';
import { differing } from './parts.ts';

const files = [
  'recording.json',
  'recording_2seg.json',
  'library/NP1000.json',
  'library/NP2014.json',
  'library/ASSY-156-P-1.json',
  'library/A4x8-5mm-100-200-177.json',
];

const summarySchema = z.record(
  z.string(),
  z.array(
    z.object({
      contacts: z.number(),
      shanks: z.number(),
      ndim: z.number(),
      si_units: z.string(),
      x: z.array(z.number()),
      y: z.array(z.number()),
      shapes: z.record(z.string(), z.number()),
      per_shank: z.record(z.string(), z.number()).nullable(),
      first_contacts: z.array(z.array(z.number())),
      contour_points: z.number(),
    }),
  ),
);

/** Probe files read, written and compared field by field; and what SpikeInterface sums up of the library's. */
export const probeFiles: Area = {
  name: 'probe',
  async *check({ golden }) {
    for (const file of files) {
      const path = join(golden, 'probe', file);
      const differ = roundTrip(await readJson(path), path);
      yield { entry: `probe/${file}`, error: differ.length, note: differ.join(', ') };
    }
    const summary = summarySchema.parse(await readJson(join(golden, 'probe', 'library_summary.json')));
    for (const [name, probes] of Object.entries(summary)) {
      const path = join(golden, 'probe', 'library', name);
      const group = parseProbeJson(await readJson(path), path);
      for (const [i, expected] of probes.entries()) {
        const probe = group.probes[i]!;
        const xs = probe.contact_positions.map((p) => p[0]!);
        const ys = probe.contact_positions.map((p) => p[1]!);
        const shankIds = probe.shank_ids ?? [];
        const ours = [
          probe.contact_positions.length,
          new Set(shankIds).size || 1,
          probe.ndim,
          probe.si_units,
          Math.min(...xs),
          Math.max(...xs),
          Math.min(...ys),
          Math.max(...ys),
          ...Object.keys(expected.shapes).map((shape) => probe.contact_shapes.filter((s) => s === shape).length),
          ...Object.keys(expected.per_shank ?? {}).map((shank) => shankIds.filter((s) => s === shank).length),
          ...probe.contact_positions.slice(0, expected.first_contacts.length).flat(),
          probe.probe_planar_contour?.length ?? 0,
        ];
        const theirs = [
          expected.contacts,
          expected.shanks,
          expected.ndim,
          expected.si_units,
          ...expected.x,
          ...expected.y,
          ...Object.values(expected.shapes),
          ...Object.values(expected.per_shank ?? {}),
          ...expected.first_contacts.flat(),
          expected.contour_points,
        ];
        yield { entry: 'probe/library_summary.json', part: name, error: differing(ours, theirs) };
      }
    }
  },
};

const probesSchema = z.object({ probes: z.array(z.record(z.string(), z.unknown())) });

/** Fields that come out otherwise when a probe file is read and written again. */
export function roundTrip(json: unknown, path: string): string[] {
  const before = probesSchema.parse(json);
  const after = probesSchema.parse(probeJson(parseProbeJson(json, path)));
  return before.probes.flatMap((probe, i) =>
    Object.keys(probe).filter((key) => !isDeepStrictEqual(plain(probe[key]), plain(after.probes[i]?.[key]))),
  );
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
