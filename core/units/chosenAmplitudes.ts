import { evenly } from '../analyzer/curated.ts';
import type { UnitAmplitudes } from '../shared/api.ts';
import { mergedTrains, type UnitTrains } from '../shared/unitTrains.ts';
import type { SpikeAmplitudes } from './source.ts';

/** An even choice of at most `most` spikes of a unit made of `parts`, with their amplitudes, in order of time. */
export function chosenAmplitudes(
  trains: UnitTrains,
  parts: readonly number[],
  amplitudes: SpikeAmplitudes,
  most: number,
): Omit<UnitAmplitudes, 'unitId'> {
  const numSpikes = parts.reduce((sum, part) => sum + trains.counts[part]!, 0);
  const chosen = evenly(numSpikes, most);
  const segment = new Int32Array(chosen.length);
  const sampleIndex = new Float64Array(chosen.length);
  const amplitude = new Float32Array(chosen.length);
  const own = parts.map((part) => amplitudes.of(part));
  const done = new Int32Array(parts.length); // spikes of each part gone by
  let place = 0; // among the unit's spikes
  let k = 0;
  for (let at = 0; at < trains.segments; at++) {
    const merged = mergedTrains(parts.map((part) => trains.train(part, at)));
    for (let i = 0; i < merged.sampleIndex.length; i++) {
      const part = merged.unitIndex[i]!;
      const spike = done[part]!++;
      if (place++ !== chosen[k]) continue;
      segment[k] = at;
      sampleIndex[k] = merged.sampleIndex[i]!;
      amplitude[k++] = own[part]![spike]!;
    }
  }
  const { unit, source } = amplitudes;
  return { unit, segment, sampleIndex, amplitude, shown: chosen.length, numSpikes, source };
}
