import { correlogramBins, correlogramsOfUnions } from '../analyzer/correlate.ts';
import type { UnionUnit } from '../analyzer/curated.ts';
import { answer } from '../api/answer.ts';
import { breathe } from '../compute/breathe.ts';
import type {
  Correlograms,
  FiringRates,
  IsiHistograms,
  SimilarUnits,
  SpikeAt,
  SpikesInWindow,
  UnitAmplitudes,
  UnitPlace,
  UnitSparsity,
  UnitTable,
  UnitWaveforms,
} from '../shared/api.ts';
import { withTransfer } from '../shared/rpc.ts';
import { timeline } from '../shared/timeline.ts';
import { firstFrom, mergedTrains } from '../shared/unitTrains.ts';
import { chosenAmplitudes } from './chosenAmplitudes.ts';
import { addSpikes } from './firingRate.ts';
import { addIntervals, isiBins } from './isi.ts';
import { type From, nextSpike } from './nextSpike.ts';
import { openUnits } from './openUnits.ts';
import { ranked } from './ranked.ts';
import type { UnitsAt } from './source.ts';

/** Every job is told where the units are and those in force that are wanted; results have their order. */
type Args<More = object> = { readonly at: UnitsAt; readonly units: readonly UnionUnit[] } & More;
type Histogram = { readonly windowMs: number; readonly binMs: number };

/** Main channel, depth and every metric. */
const unitTable = answer(async ({ at, units }: Args, signal: AbortSignal): Promise<UnitTable> => {
  return (await openUnits(at)).table(units, signal);
});

/** Template, spread and up to `maxSpikes` single spikes of each unit, one after another. */
async function* unitWaveforms(
  { at, units, maxSpikes }: Args<{ readonly maxSpikes: number }>,
  signal: AbortSignal,
): AsyncGenerator<UnitWaveforms, void> {
  for await (const shown of (await openUnits(at)).waveforms(units, maxSpikes, signal))
    yield given(shown, shown.spikes.buffer);
}

/** Exact counts over all spikes. */
const unitCorrelograms = answer(async (args: Args<Histogram>): Promise<Correlograms> => {
  const { windowMs, binMs } = args;
  const { source, rows, unitIds, numSpikes } = await asked(args);
  const { trains, numFrames } = source;
  const bins = correlogramBins(trains.samplingFrequency, windowMs, binMs);
  const counts = correlogramsOfUnions(trains, rows, bins);
  const seconds = timeline(numFrames, trains.samplingFrequency).totalS;
  return given({ unitIds, bins: bins.bins, windowMs, binMs, counts, numSpikes, seconds }, counts.buffer);
});

const unitPlaces = answer(async ({ at, units }: Args): Promise<readonly UnitPlace[]> => {
  return (await openUnits(at)).places(units);
});

/** Spikes in frames [startFrame, endFrame) of a segment, in order of time. */
const unitSpikes = answer(
  async (
    args: Args<{ readonly segment: number; readonly startFrame: number; readonly endFrame: number }>,
  ): Promise<SpikesInWindow> => {
    const { source, rows } = await asked(args);
    if (args.segment >= source.trains.segments) return { sampleIndex: new Float64Array(), unit: new Int32Array() };
    const parts = rows.flatMap((own, row) => own.map((part) => ({ part, row })));
    const { sampleIndex, unitIndex } = mergedTrains(
      parts.map(({ part }) => {
        const train = source.trains.train(part, args.segment);
        return train.slice(firstFrom(train, args.startFrame), firstFrom(train, args.endFrame));
      }),
    );
    return given({ sampleIndex, unit: unitIndex.map((place) => parts[place]!.row) }, sampleIndex.buffer);
  },
);

const unitIsi = answer(async (args: Args<Histogram>): Promise<IsiHistograms> => {
  const { windowMs, binMs } = args;
  const { source, unitIds, numSpikes, trainsOf } = await asked(args);
  const cut = isiBins(source.trains.samplingFrequency, windowMs, binMs);
  const counts = new Float64Array(unitIds.length * cut.bins);
  for (const row of unitIds.keys())
    for (const train of trainsOf(row)) addIntervals(counts.subarray(row * cut.bins, (row + 1) * cut.bins), train, cut);
  return given({ unitIds, windowMs, binMs, bins: cut.bins, counts, numSpikes }, counts.buffer);
});

const unitRates = answer(async (args: Args<{ readonly bins: number }>): Promise<FiringRates> => {
  const { bins } = args;
  const { source, rows, unitIds, numSpikes } = await asked(args);
  const { trains, numFrames } = source;
  const { startS, totalS: seconds } = timeline(numFrames, trains.samplingFrequency);
  const counts = new Float64Array(rows.length * bins);
  for (const [row, parts] of rows.entries()) {
    const own = counts.subarray(row * bins, (row + 1) * bins);
    for (const part of parts)
      for (const [segment, start] of startS.entries())
        addSpikes(own, trains.train(part, segment), start, trains.samplingFrequency, { bins, seconds });
  }
  return given({ unitIds, bins, seconds, binS: seconds / bins, counts, numSpikes }, counts.buffer);
});

async function* unitAmplitudes(
  args: Args<{ readonly maxSpikes: number }>,
  signal: AbortSignal,
): AsyncGenerator<UnitAmplitudes, void> {
  const { source, rows, unitIds } = await asked(args);
  const amplitudes = await source.amplitudes();
  for (const [row, unitId] of unitIds.entries()) {
    await breathe(signal);
    const { trains } = source;
    const { samplingFrequency } = trains;
    yield { unitId, samplingFrequency, ...chosenAmplitudes(trains, rows[row]!, amplitudes, args.maxSpikes) };
  }
}

/** `units`: all in force; the first of them with `unitId` is compared to the others. */
const similarUnits = answer(
  async ({
    at,
    units,
    unit,
    most,
  }: Args<{ readonly unit: UnionUnit; readonly most: number }>): Promise<SimilarUnits> => {
    const similarities = await (await openUnits(at)).similarities(unit, units);
    return ranked(
      unit.unitId,
      units.map(({ unitId }) => unitId),
      similarities,
      most,
    );
  },
);

const unitSparsity = answer(async ({ at, unit }: { at: UnitsAt; unit: UnionUnit }): Promise<UnitSparsity> => {
  return (await openUnits(at)).sparsity(unit);
});

const unitNextSpike = answer(async (args: Args<From>): Promise<SpikeAt | undefined> => {
  const { source, rows, unitIds } = await asked(args);
  const found = nextSpike(source.trains, rows, args);
  return found && { unitId: unitIds[found.row]!, segment: found.segment, frame: found.frame };
});

/** Reads what the other jobs will need. */
const warmUnits = answer(async ({ at }: { at: UnitsAt }, signal: AbortSignal): Promise<void> => {
  const source = await openUnits(at);
  const [unitId] = source.trains.unitIds;
  const units = unitId === undefined ? [] : [{ unitId, from: [unitId] }];
  for (const read of [
    () => source.places(units),
    () => source.amplitudes(),
    ...units.map((unit) => () => source.similarities(unit, units)),
  ]) {
    await read().catch(() => undefined); // what is not there is told to whom asks for it
    await breathe(signal);
  }
});

/** What most answers start from. */
async function asked({ at, units }: Args) {
  const source = await openUnits(at);
  const rows = units.map((unit) => source.partsOf(unit));
  const { trains } = source;
  return {
    source,
    rows,
    unitIds: units.map(({ unitId }) => unitId),
    numSpikes: Int32Array.from(rows, (parts) => parts.reduce((sum, part) => sum + trains.counts[part]!, 0)),
    /** All spikes of one of the units: a train a segment. */
    trainsOf: (row: number) =>
      Array.from(
        { length: trains.segments },
        (_, segment) => mergedTrains(rows[row]!.map((part) => trains.train(part, segment))).sampleIndex,
      ),
  };
}

function given<T extends object>(value: T, buffer: ArrayBufferLike): T {
  return buffer instanceof ArrayBuffer ? withTransfer(value, [buffer]) : value;
}

/** What the views ask of units, by name. */
export const unitJobs = {
  unitTable,
  unitWaveforms,
  unitCorrelograms,
  unitPlaces,
  unitSpikes,
  unitIsi,
  unitRates,
  unitAmplitudes,
  similarUnits,
  unitSparsity,
  unitNextSpike,
  warmUnits,
};
