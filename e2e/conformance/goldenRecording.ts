import { join } from 'node:path';
import { formats } from '../../core/formats/index.ts';
import type { SourceSpec } from '../../core/shared/recording.ts';
import type { GoldenPlace } from './area.ts';

/** golden/data/NAME as our formats find it. */
export async function goldenRecording(place: GoldenPlace, name: string): Promise<SourceSpec> {
  const path = join(place.golden, 'data', name);
  for (const format of formats) {
    const [found] = await format.find(path);
    if (found) return found.spec;
  }
  throw new Error(`no format finds a recording in ${path}`);
}
