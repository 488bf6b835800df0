import { findStep } from '../open.ts';
import { infoOf, withSteps } from '../pipeline/source.ts';
import { detectionParams } from '../preprocess/badChannelParams.ts';
import { explainBadChannels } from '../preprocess/explainBadChannels.ts';
import { verdict } from '../preprocess/findBadChannels.ts';
import type { Api } from '../shared/api.ts';
import { parseParams } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import { isStep } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { answer } from './answer.ts';
import type { Desk } from './desk.ts';
import type { Learn } from './learnt.ts';

/** Of a step that does more, what it does to detect. */
const detection = z.object(detectionParams);

/** What a step found on each channel, and why. What overrules it is left aside: one sees what is overruled. */
export function badChannels(desk: Desk, fitted: Learn): Api['badChannels'] {
  return answer(async ({ steps }, signal) => {
    const { source } = desk.opened.plan;
    const last = steps.at(-1);
    if (!source || !last)
      throw new UserError('the recording cannot be shown yet', { hint: 'Complete the station Recording.' });
    const step = findStep(last.step);
    if (!('bad_channel_ids' in step.params.shape && 'method' in step.params.shape))
      throw new UserError(`step "${step.name}" does not look for bad channels`);
    const { bad_channel_ids: _overruled, ...params } = last.params;
    const spec = await fitted(withSteps(source, [...steps.slice(0, -1), { ...last, params, enabled: true }]), signal);
    if (!isStep(spec)) throw new Error('a step was asked for');
    const found = verdict.parse(spec.fitted);
    const given: object = parseParams(step, 'step', params);
    return explainBadChannels(await infoOf(spec.parent), detection.parse(given), found);
  });
}
