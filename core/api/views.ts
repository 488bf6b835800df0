import type { Api } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import { activityOf } from './activity.ts';
import { answer } from './answer.ts';
import type { Desk } from './desk.ts';
import type { Results } from './results.ts';
import { unitNamed, unitsNamed } from './unitsNamed.ts';

type Views = Pick<
  Api,
  | 'units'
  | 'waveforms'
  | 'correlograms'
  | 'places'
  | 'spikes'
  | 'isi'
  | 'rates'
  | 'amplitudes'
  | 'similar'
  | 'activity'
  | 'sparsity'
  | 'nextSpike'
>;

/** What is drawn: each answer comes from a worker, before anything that runs in the background. */
export function views(desk: Desk): Views {
  const activity = activityOf(desk);
  return {
    units: answer((_, signal) => resultsOf(desk).units(unitsNamed(desk), signal)),
    async *waveforms({ unitIds, maxSpikes }, signal) {
      yield* resultsOf(desk).waveforms(unitsNamed(desk, unitIds), maxSpikes, signal);
    },
    correlograms: answer(({ unitIds, windowMs, binMs }, signal) =>
      resultsOf(desk).correlograms(unitsNamed(desk, unitIds), { windowMs, binMs }, signal),
    ),
    places: answer((_, signal) => resultsOf(desk).places(unitsNamed(desk), signal)),
    spikes: answer(({ unitIds, segment, startFrame, endFrame }, signal) =>
      resultsOf(desk).spikes(unitsNamed(desk, unitIds), { segment, startFrame, endFrame }, signal),
    ),
    isi: answer(({ unitIds, windowMs, binMs }, signal) =>
      resultsOf(desk).isi(unitsNamed(desk, unitIds), { windowMs, binMs }, signal),
    ),
    rates: answer(({ unitIds, bins }, signal) => resultsOf(desk).rates(unitsNamed(desk, unitIds), bins, signal)),
    async *amplitudes({ unitIds, maxSpikes }, signal) {
      yield* resultsOf(desk).amplitudes(unitsNamed(desk, unitIds), maxSpikes, signal);
    },
    similar: answer(({ unitId, most }, signal) =>
      resultsOf(desk).similar(unitNamed(desk, unitId), unitsNamed(desk), most, signal),
    ),
    activity: answer(({ node }, signal) => activity(node, signal)),
    sparsity: answer(({ unitId }, signal) => resultsOf(desk).sparsity(unitNamed(desk, unitId), signal)),
    nextSpike: answer(({ unitIds, ...from }, signal) =>
      resultsOf(desk).nextSpike(unitsNamed(desk, unitIds), from, signal),
    ),
  };
}

function resultsOf(desk: Desk): Results {
  const { results } = desk.opened;
  if (results) return results;
  throw new UserError('nothing was computed of the units yet', { hint: 'Run the stations up to Analyze first.' });
}
