import { withSteps } from '../pipeline/source.ts';
import type { Api, TraceTile } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import { canonical } from '../shared/json.ts';
import { type ChainLook, PREVIEW_S, type PreviewArgs } from '../shared/preview.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import type { Desk } from './desk.ts';
import type { Learn } from './learnt.ts';
import { Shared } from './shared.ts';

interface Look {
  readonly tiles: readonly TraceTile[];
  readonly figures: ChainLook;
}

/** Looks that are kept: what comes before the step that is tuned is asked again and again. */
const KEPT = 6;

/** Several views ask for the same look at once: it is computed once. */
export function preview(desk: Desk, fitted: Learn): Api['preview'] {
  const looks = new Shared<Look>(KEPT);

  async function lookAt(spec: RecordingSpec, args: Omit<PreviewArgs, 'steps' | 'tiles'>, signal: AbortSignal) {
    const tiles: TraceTile[] = [];
    const figures = await desk.options.compute.run<object, TraceTile, ChainLook>(
      'lookAtChain',
      { ...args, spec: await fitted(spec, signal) },
      { signal, queue: 'visible', onItem: (tile) => tiles.push(tile) },
    );
    return { tiles, figures };
  }

  return async function* ({ steps, tiles, ...asked }, signal) {
    const { source } = desk.opened.plan;
    if (!source) throw new UserError('the recording cannot be shown yet', { hint: 'Complete the station Recording.' });
    const args = { ...asked, endS: Math.min(asked.endS, asked.startS + PREVIEW_S) };
    const spec = withSteps(source, steps);
    const key = canonical(JSON.parse(JSON.stringify([spec, args])));
    const look = await looks.get(key, (one) => lookAt(spec, args, one), signal);
    if (tiles) yield* look.tiles;
    return look.figures;
  };
}
