import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { filesBelow } from '../../core/pipeline/filesBelow.ts';
import type { InitialUnit } from '../../core/shared/curatedUnits.ts';
import { type CurationEvent, curationEventSchema } from '../../core/shared/curation.ts';
import { fingerprint } from '../../core/store/hash.ts';
import { readLines } from '../../core/store/journalLine.ts';
import { journalPath } from '../../core/store/journalPlace.ts';
import { writeNpy } from '../../core/store/npy.ts';

const UNITS = 40;
const CHANNELS = 8;
const SAMPLES = 41;
const RATE = 30_000;
/** Of unit i: so that which of merged units is the largest is never a tie. */
const spikesOf = (unit: number) => 20 + unit;

export const initialUnits: readonly InitialUnit[] = Array.from({ length: UNITS }, (_, unitId) => ({
  unitId,
  numSpikes: spikesOf(unitId),
  labels: {},
}));

/** A phy session of forty units without its raw data, as most are that one gets to curate. */
export async function makePhyFolder(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const clusters: number[] = [];
  for (let round = 0; round < spikesOf(UNITS - 1); round++)
    for (let unit = 0; unit < UNITS; unit++) if (round < spikesOf(unit)) clusters.push(unit);
  const shape = [clusters.length];
  const write = (name: string, array: Parameters<typeof writeNpy>[1]) => writeNpy(join(folder, `${name}.npy`), array);
  await write('spike_times', { dtype: '<i8', shape, data: clusters.map((_, i) => 100 + i * 97) });
  await write('spike_clusters', { dtype: '<i4', shape, data: clusters });
  await write('spike_templates', { dtype: '<i4', shape, data: clusters });
  await write('amplitudes', { dtype: '<f8', shape, data: clusters.map(() => 1) });
  await write('templates', { shape: [UNITS, SAMPLES, CHANNELS], data: templates() });
  await write('channel_map', { dtype: '<i4', shape: [CHANNELS], data: Array.from({ length: CHANNELS }, (_, i) => i) });
  await write('channel_positions', {
    dtype: '<f8',
    shape: [CHANNELS, 2],
    data: Array.from({ length: CHANNELS }, (_, i) => [0, 20 * i]).flat(),
  });
  const settings = ["dat_path = 'gone.dat'", `n_channels_dat = ${CHANNELS}`, "dtype = 'int16'", 'offset = 0'];
  await writeFile(join(folder, 'params.py'), `${[...settings, `sample_rate = ${RATE}.`].join('\n')}\n`);
}

/** [units][samples][channels]: a trough on the unit's own channel. */
function templates(): Float32Array {
  const data = new Float32Array(UNITS * SAMPLES * CHANNELS);
  for (let unit = 0; unit < UNITS; unit++)
    for (let sample = 0; sample < SAMPLES; sample++)
      data[(unit * SAMPLES + sample) * CHANNELS + (unit % CHANNELS)] = -Math.exp(-(((sample - 20) / 5) ** 2));
  return data;
}

/** What was acknowledged of the curation of one folder: a line each, on the disk before the next action. */
export class Acknowledged {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  add(event: CurationEvent): void {
    appendFileSync(this.path, `${JSON.stringify(event)}\n`, { flush: true });
  }

  read(): CurationEvent[] {
    if (!existsSync(this.path)) return [];
    const lines = readFileSync(this.path, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => curationEventSchema.parse(JSON.parse(line)));
  }
}

export interface OnDisk {
  readonly events: readonly CurationEvent[];
  /** The end of the journal is a line that the kill cut off. */
  readonly torn: boolean;
}

/** The journal of the folder, each line checked against the one before. */
export async function readCuration(folder: string): Promise<OnDisk> {
  const path = journalPath(folder);
  if (!existsSync(path)) return { events: [], torn: false };
  const lines = readLines(readFileSync(path), await fingerprint(await filesBelow(folder)));
  if (lines.otherBase !== undefined) throw new Error('the journal is of another sorting');
  return { events: lines.events, torn: lines.damage !== undefined };
}

/** What is wrong with `found`: all that was acknowledged must be there, in order, and at most the one action that was not. */
export function lossIn(
  found: readonly CurationEvent[],
  acknowledged: readonly CurationEvent[],
  underway: CurationEvent | undefined,
): string | undefined {
  const lost = acknowledged.findIndex((event, i) => !isDeepStrictEqual(event, found[i]));
  if (lost >= 0) return `action ${lost + 1} of ${acknowledged.length} acknowledged is lost`;
  const more = found.slice(acknowledged.length);
  if (more.length > 1 || (more.length === 1 && !isDeepStrictEqual(more[0], underway)))
    return `${more.length} actions more than were asked for: ${JSON.stringify(more)}`;
  return undefined;
}
