import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { partsAmong, type UnionUnit } from '../analyzer/curated.ts';
import { breathe } from '../compute/breathe.ts';
import { sortingFormats } from '../formats/index.ts';
import { phyFolder } from '../formats/phy.ts';
import type { UnitPlace, UnitSparsity, UnitTable, UnitWaveforms } from '../shared/api.ts';
import { findEntry } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import { type UnitTrains, unitTrains } from '../shared/unitTrains.ts';
import { peakToPeak } from './peakToPeak.ts';
import { byMeanTemplates, bySimilarTemplates, readSimilarTemplates } from './phySimilarities.ts';
import { type PhySpikes, phySpikes } from './phySpikes.ts';
import { phyTemplates, type SortedTemplates } from './phyTemplates.ts';
import { channelColumns, spikeMetrics, toldColumns } from './sortingTable.ts';
import type { SpikeAmplitudes, UnitsAt, UnitsSource } from './source.ts';

/**
 * What a sorting without an analyzer tells of its units: all that its spikes tell, and in a phy folder its templates,
 * amplitudes and similarities. Nothing that is large is kept but the spikes, unit by unit.
 */
export async function sortingUnits(at: UnitsAt & { readonly kind: 'sorting' }): Promise<UnitsSource> {
  const { path } = at;
  const { sorting, columns } = await findEntry(sortingFormats, 'sorting format', at.format).open(path);
  const trains = unitTrains(sorting);
  const numFrames =
    at.numFrames ?? sorting.segments.map(({ sampleIndex }) => (sampleIndex[sampleIndex.length - 1] ?? -1) + 1);
  const phy = at.format === 'phy' ? openPhy(phyFolder(path)) : noPhy;
  const partsOf = (unit: UnionUnit) =>
    partsAmong(trains.unitIds, unit, (original) => {
      throw new UserError(`unit ${unit.unitId} is made of ${original}, which ${path} does not have (any more)`, {
        path,
        hint: 'Did another program change it? Open it again.',
      });
    });
  return {
    trains,
    numFrames,
    partsOf,
    async table(units, signal): Promise<UnitTable> {
      const rows = units.map(partsOf);
      const templates = await phy.templates();
      const computed = [
        ...(templates ? channelColumns(templates, rows) : []),
        ...(await spikeMetrics(trains, numFrames, rows, signal)),
      ];
      const told = toldColumns(columns, rows).filter(({ name }) => !computed.some((column) => column.name === name));
      return { unitIds: units.map(({ unitId }) => unitId), columns: [...computed, ...told] };
    },
    async *waveforms(units, _, signal) {
      const templates = await phy.templates();
      if (!templates) return;
      for (const unit of units) {
        await breathe(signal);
        yield templateOnly(templates, trains, partsOf(unit), unit);
      }
    },
    async places(units) {
      const templates = await phy.templates();
      if (!templates) return [];
      return units.map((unit): UnitPlace => {
        const { channels, extremumChannel } = templates.mean(partsOf(unit));
        const [x, y] = templates.position(extremumChannel);
        return { unitId: unit.unitId, x, y, extremumChannel, channels };
      });
    },
    amplitudes: () => amplitudes(phy, path),
    async similarities(unit, others) {
      const own = partsOf(unit);
      const rows = others.map(partsOf);
      const saved = await phy.similar();
      const spikes = await phy.spikes();
      if (saved && spikes) return bySimilarTemplates(saved, spikes, own, rows);
      return byMeanTemplates(await needed(phy, 'similar units'), own, rows);
    },
    sparsity: async (unit) => sparsity(await needed(phy, 'channels of units'), partsOf(unit), unit),
  };
}

/** What a phy folder has besides spikes; each is read when it is first asked for. */
interface Phy {
  spikes(): Promise<PhySpikes | undefined>;
  templates(): Promise<SortedTemplates | undefined>;
  similar(): ReturnType<typeof readSimilarTemplates>;
}

const noPhy: Phy = {
  spikes: async () => undefined,
  templates: async () => undefined,
  similar: async () => undefined,
};

function openPhy(folder: string | undefined): Phy {
  if (folder === undefined) return noPhy;
  const spikes = once(() => phySpikes(folder));
  const has = (name: string) => existsSync(join(folder, name));
  return {
    spikes,
    templates: once(async () =>
      has('templates.npy') && has('spike_templates.npy') ? phyTemplates(folder, await spikes()) : undefined,
    ),
    similar: once(() => readSimilarTemplates(folder)),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => {
    value ??= read();
    return value;
  };
}

async function needed(phy: Phy, by: string): Promise<SortedTemplates> {
  const templates = await phy.templates();
  if (templates) return templates;
  throw new UserError(`${by} need templates, which this sorting does not have`, {
    hint: 'Choose its recording at the Recording station and run Analyze.',
  });
}

async function amplitudes(phy: Phy, path: string): Promise<SpikeAmplitudes> {
  const byUnit = await (await phy.spikes())?.amplitudes();
  if (!byUnit)
    throw new UserError('this sorting does not tell the amplitudes of its spikes', {
      path,
      hint: 'Choose its recording at the Recording station and run Analyze.',
    });
  return { unit: 'raw', source: 'amplitudes.npy', of: (part) => byUnit[part]! };
}

/** The sorter's template: there are no single spikes without the raw data. */
function templateOnly(
  templates: SortedTemplates,
  trains: UnitTrains,
  parts: readonly number[],
  { unitId }: UnionUnit,
): UnitWaveforms {
  const { channels, data, extremumChannel } = templates.mean(parts);
  const { samples, nbefore } = templates;
  const ms = 1000 / trains.samplingFrequency;
  return {
    unitId,
    unit: 'raw',
    channels,
    extremumChannel,
    samples,
    msBefore: nbefore * ms,
    msAfter: (samples - nbefore) * ms,
    template: data,
    std: new Float32Array(data.length),
    spikes: new Float32Array(),
    shown: 0,
    numSpikes: parts.reduce((sum, part) => sum + trains.counts[part]!, 0),
  };
}

function sparsity(templates: SortedTemplates, parts: readonly number[], { unitId }: UnionUnit): UnitSparsity {
  const { channels, data, extremumChannel } = templates.mean(parts);
  const kept = new Uint8Array(templates.channels);
  const amplitude = new Float64Array(kept.length).fill(Number.NaN);
  const size = peakToPeak(data, channels.length);
  channels.forEach((channel, k) => {
    kept[channel] = 1;
    amplitude[channel] = size[k]!;
  });
  const [x, y] = templates.position(extremumChannel);
  const distance = Float64Array.from(kept, (_, channel) => {
    const [cx, cy] = templates.position(channel);
    return Math.hypot(cx - x, cy - y);
  });
  return { unitId, rule: templates.rule, extremumChannel, kept, distance, amplitude, unit: 'raw' };
}
