import { type NeuropixelsProbe, neuropixelsProbe } from './neuropixels.ts';
import { badMeta, type Meta, metaCounts, metaNumber, metaTable } from './spikeglxMeta.ts';

/** imroTbl: which electrode each acquired channel is on, and its gains where they are set by the user. */
export interface ImroTable {
  /** Undefined: a probe the table does not know. */
  readonly probe: NeuropixelsProbe | undefined;
  readonly partNumber: string;
  /** By acquired channel. */
  readonly electrodes: readonly Electrode[];
}

interface Electrode {
  readonly shank: number;
  readonly electrode: number;
  readonly apGain?: number;
  readonly lfGain?: number;
}

/** Undefined if the .meta has no imroTbl. */
export function readImro(meta: Meta): ImroTable | undefined {
  const table = metaTable(meta, 'imroTbl');
  if (!table) return undefined;
  const [head = '', ...entries] = table;
  const header = head.split(',');
  const rows = entries.map((entry) => entry.trim().split(/\s+/).map(Number));
  if (rows.length > 20_000 || !rows.every((row) => row.length < 16 && row.every(Number.isInteger)))
    return badMeta(meta, 'imroTbl is not a table of numbers');
  // Phase 3A has three numbers (serial number, option, channels) and no part number.
  const phase3A = meta.values.has('imProbeOpt') || header.length === 3;
  const partNumber = phase3A ? 'NP1010' : (meta.values.get('imDatPrb_pn') ?? '');
  const probe = neuropixelsProbe(partNumber, header[0]);
  if (!probe) return { probe, partNumber, electrodes: [] };
  const electrodes = electrodesOf(probe, header.map(Number), rows, meta);
  const total = probe.columns * probe.rows;
  if (
    !electrodes.every(
      ({ shank, electrode }) => electrode >= 0 && electrode < total && shank >= 0 && shank < probe.shanks,
    )
  )
    return badMeta(meta, `imroTbl names electrodes that probe ${partNumber || header[0]} does not have`);
  return { probe, partNumber: partNumber || `type ${header[0]}`, electrodes };
}

function electrodesOf(
  probe: NeuropixelsProbe,
  header: readonly number[],
  rows: readonly (readonly number[])[],
  meta: Meta,
): readonly Electrode[] {
  const at = (row: readonly number[], i: number) => row[i] ?? Number.NaN;
  switch (probe.imro) {
    case 'bank': // channel bank reference apGain lfGain [highpass]
      return rows.map((row) => ({
        shank: 0,
        electrode: at(row, 1) * 384 + at(row, 0),
        apGain: at(row, 3),
        lfGain: at(row, 4),
      }));
    case 'electrode': // channel banks reference electrode
      return rows.map((row) => ({ shank: 0, electrode: at(row, 3) }));
    case 'shankElectrode': // channel shank bank reference electrode
      return rows.map((row) => ({ shank: at(row, 1), electrode: at(row, 4) }));
    case 'groups': // header: type, column mode, reference, apGain, lfGain; entries: group bankA bankB
      if (rows.length !== 24 || !rows.every((row) => row.every((bank) => bank >= 0 && bank < 24)))
        return badMeta(meta, 'imroTbl does not have 24 groups');
      return Array.from({ length: 384 }, (_, channel) => ({
        shank: 0,
        electrode: activeUltraElectrode(channel, at(header, 1), rows),
        apGain: at(header, 3),
        lfGain: at(header, 4),
      }));
  }
}

const COLUMN_OF_GROUP = [0, 3, 1, 2, 1, 2, 0, 3];

/**
 * NP1110: 24 groups of 16 channels, each in one of two banks by column mode (0 inner, 1 outer, 2 all). The formula is
 * that of SpikeGLX (IMROTbl_T1110).
 */
function activeUltraElectrode(channel: number, columnMode: number, groups: readonly (readonly number[])[]): number {
  const odd = channel & 1;
  const group = 2 * Math.floor(channel / 32) + odd;
  const column = (bank: number) => {
    const groupColumn = COLUMN_OF_GROUP[4 * (bank & 1) + (group % 4)]!;
    const crossed = Math.floor(bank / 4) & 1;
    const within = (Math.floor((channel % 32) / 2) & 1) ^ crossed;
    return 2 * groupColumn + (odd ? 1 - within : within);
  };
  const [, bankA = 0, bankB = 0] = groups[group]!;
  const columnA = column(bankA);
  const outer = columnA <= 3 ? columnA % 2 === 0 : columnA % 2 === 1;
  const bank = columnMode === 2 || outer === (columnMode === 1) ? bankA : bankB;
  const rowInGroup = Math.floor((channel % 32) / 4);
  const row = 48 * bank + 8 * Math.floor(group / 4) + (odd ? 7 - rowInGroup : rowInGroup);
  return 8 * row + column(bank);
}

/** µV of one step for each channel of the file (its place among the acquired given), sync channels included. */
export function imecGains(
  meta: Meta,
  imro: ImroTable | undefined,
  band: 'ap' | 'lf',
  acquired: readonly number[],
): readonly number[] | undefined {
  const probe = imro?.probe;
  if (!probe && !meta.values.has('imMaxInt')) return undefined;
  const maxInt = meta.values.has('imMaxInt') ? metaNumber(meta, 'imMaxInt') : probe?.adcBits === 10 ? 512 : 8192;
  const uvAtGain1 = (1e6 * metaNumber(meta, 'imAiRangeMax')) / maxInt;
  const fixed = meta.values.has('imChan0apGain') ? metaNumber(meta, 'imChan0apGain') : probe?.apGain;
  const electrodes = imro?.electrodes ?? [];
  const gains = acquired.map((channel) => {
    const electrode = electrodes[readoutChannel(meta, channel, electrodes.length)];
    if (!electrode) return uvAtGain1; // a sync line has no gain
    const set = band === 'lf' ? electrode.lfGain : electrode.apGain;
    const gain = probe?.imro === 'bank' || probe?.imro === 'groups' ? set : fixed;
    return gain === undefined ? Number.NaN : uvAtGain1 / gain;
  });
  if (!gains.every((gain) => Number.isFinite(gain) && gain > 0))
    return badMeta(meta, 'a gain is missing, 0 or not a number');
  return gains;
}

/** Acquired are the AP channels, then the LF band of the same, then sync: the row of imroTbl, -1 for sync. */
export function readoutChannel(meta: Meta, acquired: number, count: number): number {
  const [ap = count, lf = 0] = metaCounts(meta, 'acqApLfSy') ?? [];
  if (acquired < ap) return acquired;
  return acquired < ap + lf ? acquired - ap : -1;
}
