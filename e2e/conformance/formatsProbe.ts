import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { spikeglx } from '../../core/formats/spikeglx.ts';
import type { RecordingInfo } from '../../core/shared/recording.ts';
import type { GoldenPlace } from './area.ts';
import { probeSchema, probesSchema } from './formatsExpected.ts';
import { differing, type Part } from './parts.ts';

/** What our reader makes of a .meta that has no .bin here: with one frame of zeros beside a copy. */
async function infoOfMeta(meta: string, place: GoldenPlace): Promise<RecordingInfo> {
  const folder = mkdtempSync(join(place.scratch, 'meta-'));
  const bin = join(folder, basename(meta).replace(/\.meta$/, '.bin'));
  copyFileSync(meta, join(folder, basename(meta)));
  const channels = Number(/^nSavedChans=(\d+)/m.exec(readFileSync(meta, 'utf8'))?.[1]);
  writeFileSync(bin, new Uint8Array(2 * channels));
  const recording = await spikeglx.open({ format: 'spikeglx', paths: [bin], params: {} });
  recording.close();
  return recording.info;
}

/** A probe from a .meta: read with traces of our own beside it, as our reader wants the pair. */
export async function* checkProbe(
  meta: string,
  description: { readonly kind: string },
  place: GoldenPlace,
): AsyncGenerator<Part> {
  const info = await infoOfMeta(meta, place);
  const probe = info.probe?.probes[0];
  const positions = (probe?.contact_positions ?? []).map((p) => Array.from(p));
  if (description.kind === 'probe' && 'probes' in description) {
    const golden = probesSchema.parse(description).probes[0]!;
    yield { part: 'positions_um', error: differing(positions.flat(), golden.positions_um.flat()) };
    yield {
      part: 'device_channel_indices',
      error: differing(probe?.device_channel_indices ?? [], golden.device_channel_indices),
    };
    if (golden.shank_ids) yield { part: 'shank_ids', error: differing(probe?.shank_ids ?? [], golden.shank_ids) };
    yield { part: 'part_number', error: differing([probe?.annotations.part_number], [golden.part_number]) };
    return;
  }
  const golden = probeSchema.parse(description);
  yield { part: 'n_contacts', error: differing([positions.length], [golden.n_contacts]) };
  const head = golden.first_positions_um;
  yield { part: 'first_positions_um', error: differing(positions.slice(0, head.length).flat(), head.flat()) };
  const hash = createHash('sha256')
    .update(new Uint8Array(Float64Array.from(positions.flat()).buffer))
    .digest('hex');
  yield { part: 'positions_sha256_f64', error: hash === golden.positions_sha256_f64 ? 0 : 1 };
  yield { part: 'part_number', error: differing([probe?.annotations.part_number], [golden.part_number]) };
  const shanks = [...new Set(probe?.shank_ids ?? [])].sort();
  yield { part: 'shanks', error: differing(shanks, golden.shanks ?? []) };
}
