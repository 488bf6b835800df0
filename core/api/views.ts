import type { UnionUnit } from '../analyzer/curated.ts';
import { relay } from '../compute/relay.ts';
import type { TileArgs } from '../compute/tilesJob.ts';
import { findStep } from '../open.ts';
import { nodesOf } from '../pipeline/plan.ts';
import type { Api, TraceTile } from '../shared/api.ts';
import { originals } from '../shared/content.ts';
import { UserError } from '../shared/errors.ts';
import { chain, isStep } from '../shared/recording.ts';
import type { UnitId } from '../shared/sorting.ts';
import { answer } from './answer.ts';
import type { Desk } from './desk.ts';
import type { Results } from './results.ts';

type Views = Pick<Api, 'traces' | 'units' | 'waveforms' | 'correlograms' | 'places' | 'spikes'>;

/** What is drawn: each answer comes from a worker, before anything that runs in the background. */
export function views(desk: Desk): Views {
  return {
    async *traces({ node, ...window }, signal) {
      const { compute } = desk.options;
      const args: TileArgs = { ...window, spec: await nodeSpec(desk, node, signal) };
      const tiles = relay<TraceTile>();
      compute
        .run<TileArgs, TraceTile, void>('traceTiles', args, { signal, queue: 'visible', onItem: tiles.push })
        .then(tiles.end, tiles.fail);
      yield* tiles.values();
    },
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
  };
}

function resultsOf(desk: Desk): Results {
  const { results } = desk.opened;
  if (results) return results;
  throw new UserError('nothing was computed of the units yet', { hint: 'Run the stations up to Analyze first.' });
}

/** The units of those ids, all in force if not told; ids that are no more (a merge just now) are left out. */
function unitsNamed(desk: Desk, unitIds?: readonly UnitId[]): UnionUnit[] {
  const inForce = desk.opened.curation?.units.inForce;
  if (!inForce) return [];
  const ids = unitIds ?? [...inForce.keys()];
  return ids.flatMap((unitId) => {
    const unit = inForce.get(unitId);
    return unit ? [{ unitId, from: originals(unit.content) }] : [];
  });
}

/** The spec of a node; a step that learns from the data has to have learnt for it. */
async function nodeSpec(desk: Desk, node: number, signal: AbortSignal) {
  const { plan } = desk.opened;
  const nodes = nodesOf(plan.recording ?? plan.source);
  const found = nodes[node];
  if (!found)
    throw new UserError(nodes.length === 0 ? 'the recording cannot be shown yet' : `there is no node ${node}`);
  const unlearnt = chain(found.spec).some((spec) => isStep(spec) && !spec.fitted && findStep(spec.step).fit);
  return unlearnt ? await desk.fitted(found.spec, signal) : found.spec;
}
