import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { breathe } from '../compute/breathe.ts';
import { openFile } from '../store/byteSource.ts';
import { type NumericArray, readNumbers } from '../store/npy.ts';
import { readNpyHeader } from '../store/npyHeader.ts';
import { openNpyRows } from '../store/npyRows.ts';
import type { OwnTemplate } from './pairSimilarity.ts';
import { peakToPeak } from './peakToPeak.ts';

/** templates.npy of a phy or Kilosort folder: each template on the channels where it is something. */
export interface PhyTemplateFile {
  readonly samples: number;
  /** Of the folder. */
  readonly channels: number;
  /** The sample at which most templates peak: the file does not tell where the spike is. */
  readonly nbefore: number;
  /** template_ind.npy chooses the channels: what is there is kept, however small. */
  readonly chosen: boolean;
  readonly templates: readonly OwnTemplate[];
}

/** Below this share of its largest channel a template is not kept: Kilosort writes all channels. */
const LEAST = 0.01;
/** Templates between two breaths. */
const AT_ONCE = 32;

/**
 * Dense templates, or those on the channels of template_ind.npy, unwhitened by whitening_mat_inv.npy. Read one after
 * another: all together are far larger than what is kept of them.
 */
export async function readPhyTemplates(folder: string, channelsKnown: number | undefined): Promise<PhyTemplateFile> {
  const at = (name: string) => join(folder, name);
  const read = async (name: string) => (existsSync(at(name)) ? (await readNumbers(at(name))).data : undefined);
  const file = await rowsOf(at('templates.npy'));
  try {
    const [count = 0, samples = 0, width = 0] = file.shape;
    const ind = await read('template_ind.npy');
    const channels = channelsKnown ?? width;
    const inverse = await read('whitening_mat_inv.npy');
    const unwhiten = inverse?.length === channels * channels ? sparseRows(inverse, channels) : undefined;
    const votes = new Int32Array(samples);
    const templates: OwnTemplate[] = [];
    const every = Int32Array.from({ length: width }, (_, k) => k);
    for (let t = 0; t < count; t++) {
      if (t % AT_ONCE === 0) await breathe();
      const row = file.row(t);
      const own = ind ? Int32Array.from(ind.subarray(t * width, (t + 1) * width)) : every;
      const found = columnsWithin(row, own, channels);
      const peak = peakSample(found.data, found.channels.length);
      if (peak !== undefined) votes[peak]!++;
      const spread = unwhiten ? unwhitened(found, unwhiten, samples) : found;
      templates.push(ind && !unwhiten ? found : largeColumns(spread, ind ? 0 : LEAST));
    }
    const nbefore = Math.max(0, votes.indexOf(Math.max(...votes)));
    return { samples, channels, nbefore, chosen: ind !== undefined, templates };
  } finally {
    file.close();
  }
}

interface TemplateRows {
  readonly shape: readonly number[];
  /** [samples][width] */
  row(template: number): NumericArray;
  close(): void;
}

/** Row by row from the disk; an array in Fortran order (Kilosort's from MATLAB) is read whole. */
async function rowsOf(path: string): Promise<TemplateRows> {
  const source = openFile(path);
  const { fortran } = readNpyHeader(source);
  source.close();
  if (!fortran) {
    const rows = openNpyRows(path, { write: false });
    return { shape: rows.shape, row: (t) => rows.readRows(t, 1), close: () => rows.close() };
  }
  const { data, shape } = await readNumbers(path);
  const size = (shape[1] ?? 0) * (shape[2] ?? 0);
  return { shape, row: (t) => data.subarray(t * size, (t + 1) * size), close() {} };
}

/** The columns that are a channel and not nothing, ascending by channel. row: [samples][own] */
function columnsWithin(row: NumericArray, own: Int32Array, channels: number): OwnTemplate {
  const width = own.length;
  const something = new Uint8Array(width);
  for (let i = 0; i < row.length; ) for (let k = 0; k < width; k++, i++) if (row[i] !== 0) something[k] = 1;
  const columns = [...own.keys()].filter((k) => something[k] && own[k]! >= 0 && own[k]! < channels);
  columns.sort((a, b) => own[a]! - own[b]!);
  const samples = width > 0 ? row.length / width : 0;
  const data = new Float32Array(samples * columns.length);
  for (let s = 0; s < samples; s++)
    for (let k = 0; k < columns.length; k++) data[s * columns.length + k] = row[s * width + columns[k]!]!;
  return { channels: Int32Array.from(columns, (k) => own[k]!), data };
}

/** The sample of the largest value; undefined of a template that is nothing. */
function peakSample(data: Float32Array, channels: number): number | undefined {
  let best = 0;
  for (let i = 1; i < data.length; i++) if (Math.abs(data[i]!) > Math.abs(data[best]!)) best = i;
  return data.length > 0 && data[best] !== 0 ? Math.floor(best / channels) : undefined;
}

/** Non-zero entries of each row of a square matrix. */
interface SparseRow {
  readonly columns: Int32Array;
  readonly weights: Float64Array;
}

function sparseRows(square: NumericArray, channels: number): SparseRow[] {
  return Array.from({ length: channels }, (_, k) => {
    const row = Float64Array.from(square.subarray(k * channels, (k + 1) * channels));
    const columns = Int32Array.from([...row.keys()].filter((c) => row[c] !== 0));
    return { columns, weights: Float64Array.from(columns, (c) => row[c]!) };
  });
}

/** template [samples][own channels] times the matrix, on the channels that gives. */
function unwhitened({ channels: own, data }: OwnTemplate, rows: readonly SparseRow[], samples: number): OwnTemplate {
  const place = new Int32Array(rows.length).fill(-1);
  for (const channel of own) for (const column of rows[channel]!.columns) place[column] = 0;
  const channels = Int32Array.from([...place.keys()].filter((c) => place[c] === 0));
  for (const [k, channel] of channels.entries()) place[channel] = k;
  const out = new Float32Array(samples * channels.length);
  for (const [k, channel] of own.entries()) {
    const { columns, weights } = rows[channel]!;
    for (let s = 0; s < samples; s++) {
      const value = data[s * own.length + k]!;
      const at = s * channels.length;
      for (let i = 0; i < columns.length; i++) out[at + place[columns[i]!]!]! += value * weights[i]!;
    }
  }
  return { channels, data: out };
}

/** The columns of at least that share of the largest, peak to peak; not those that are nothing. */
export function largeColumns({ channels, data }: OwnTemplate, share: number): OwnTemplate {
  const size = peakToPeak(data, channels.length);
  const least = Math.max(share * size.reduce((most, one) => Math.max(most, one), 0), Number.MIN_VALUE);
  const kept = Int32Array.from([...channels.keys()].filter((k) => size[k]! >= least));
  if (kept.length === channels.length) return { channels, data };
  const samples = channels.length > 0 ? data.length / channels.length : 0;
  const out = new Float32Array(samples * kept.length);
  for (let s = 0; s < samples; s++)
    for (let k = 0; k < kept.length; k++) out[s * kept.length + k] = data[s * channels.length + kept[k]!]!;
  return { channels: kept.map((k) => channels[k]!), data: out };
}
