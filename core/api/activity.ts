import type { ChannelActivity } from '../shared/api.ts';
import { chain, totalSeconds } from '../shared/recording.ts';
import type { Desk } from './desk.ts';
import { nodeSpec } from './nodeSpec.ts';
import { unitsNamed } from './unitsNamed.ts';

type Loudness = Omit<ChannelActivity, 'node' | 'rate'>;

/** Nodes whose loudness is kept. */
const KEPT = 16;

/** Loudness and spikes of each channel at a node; of the recording asked for once a node, of the units each time. */
export function activityOf(desk: Desk): (node: number, signal: AbortSignal) => Promise<ChannelActivity> {
  const known = new Map<string, Loudness>();

  async function loudness(node: number, signal: AbortSignal): Promise<Loudness> {
    const spec = await nodeSpec(desk, node, signal);
    const key = JSON.stringify(chain(spec).map(({ ...one }) => ('step' in one ? [one.step, one.params] : one)));
    const loud =
      known.get(key) ??
      (await desk.options.compute.run<object, never, Loudness>(
        'channelActivity',
        { spec },
        { signal, queue: 'visible' },
      ));
    known.delete(key);
    known.set(key, loud);
    for (const old of [...known.keys()].slice(0, -KEPT)) known.delete(old);
    return loud;
  }

  return async (node, signal) => {
    const rate = await ratesOf(desk, signal);
    const { plan } = desk.opened;
    // Without the recording there is still where the units are.
    const loud = !plan.source && rate ? unknown(rate.length) : await loudness(node, signal);
    return { node, ...loud, ...(rate?.length === loud.rms.length && { rate }) };
  };
}

function unknown(channels: number): Loudness {
  return {
    unit: 'raw',
    rms: new Float64Array(channels).fill(Number.NaN),
    source: 'the recording was not found: how loud its channels are is not known',
  };
}

/** Spikes a second of the units in force, by their main channel; undefined if there are none, or no one tells where. */
async function ratesOf(desk: Desk, signal: AbortSignal): Promise<Float64Array | undefined> {
  const { results, curation, plan } = desk.opened;
  const units = unitsNamed(desk);
  if (!results || !curation || units.length === 0) return undefined;
  const places = await results.places(units, signal);
  if (places.length === 0) return undefined;
  const info = plan.info ?? desk.borrowed?.info;
  const channels = info?.channelIds.length ?? desk.borrowed?.layout?.x.length;
  if (channels === undefined) return undefined;
  const seconds = info ? totalSeconds(info) : (await results.rates(units.slice(0, 1), 1, signal)).seconds;
  const rate = new Float64Array(channels);
  for (const { unitId, extremumChannel } of places)
    rate[extremumChannel]! += curation.units.inForce.get(unitId)!.numSpikes / seconds;
  return rate;
}
