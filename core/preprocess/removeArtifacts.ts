import { wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { artifactTemplates } from './artifactTemplates.ts';
import { bridgeGap, type Store, type Stretch } from './bridgeGap.ts';
import { storing } from './storedValue.ts';
import { type Artifact, type Fit, subtractArtifact } from './subtractArtifact.ts';
import { labelLists, type Trigger, triggerLists, triggersOf } from './triggers.ts';

const NAME = 'remove_artifacts';

const templates = z.record(z.string(), z.array(z.array(z.number())));

const params = z.object({
  list_triggers: triggerLists
    .default([])
    .describe('When stimuli came, in frames: a list for each segment. Of one segment the list itself will do.')
    .meta({ title: 'Triggers' }),
  ms_before: z
    .number()
    .min(0)
    .nullable()
    .default(0.5)
    .describe('How long before each trigger the artefact begins. Empty, and ms_after empty: one frame only.')
    .meta({ title: 'Before', unit: 'ms' }),
  ms_after: z
    .number()
    .min(0)
    .nullable()
    .default(3)
    .describe('How long after each trigger the artefact lasts.')
    .meta({ title: 'After', unit: 'ms' }),
  mode: z
    .enum(['zeros', 'linear', 'cubic', 'average', 'median'])
    .default('zeros')
    .describe(
      'zeros: 0, for traces around 0. linear, cubic: a line or a smooth curve from what is before to what is after, for raw traces. average, median: the mean or median artefact is subtracted, so that spikes in it stay.',
    )
    .meta({ title: 'Mode' }),
  fit_sample_spacing: z
    .number()
    .positive()
    .default(1)
    .describe(
      'For "cubic": distance of the three points on each side the curve goes through. Usually 1; larger follows slow waves only.',
    )
    .meta({ title: 'Points every', unit: 'ms', advanced: true }),
  list_labels: labelLists
    .nullable()
    .default(null)
    .describe(
      'For "average" and "median": the kind of each stimulus, as many as triggers; each kind has a template of its own. Empty: all are alike.',
    )
    .meta({ title: 'Labels', advanced: true }),
  artifacts: templates
    .nullable()
    .default(null)
    .describe(
      'Known templates by label, [frame][channel], as long as before and after together. Empty: learnt from the recording.',
    )
    .meta({ title: 'Templates', advanced: true }),
  sparsity: z
    .record(z.string(), z.array(z.boolean()))
    .nullable()
    .default(null)
    .describe('By label: for each channel, whether the artefact is there. Empty: on all.')
    .meta({ title: 'Channels of each label', advanced: true }),
  scale_amplitude: z
    .boolean()
    .default(false)
    .describe('Scale the template to each artefact before it is subtracted.')
    .meta({ title: 'Scale each', advanced: true }),
  time_jitter: z
    .number()
    .min(0)
    .default(0)
    .describe('How far the template may be shifted to fit each artefact. Usually 0.')
    .meta({ title: 'Shift at most', unit: 'ms', advanced: true }),
  waveforms_kwargs: z
    .json()
    .default(null)
    .describe("SpikeInterface's, deprecated there: it is read and changes nothing.")
    .meta({ title: 'Not used', advanced: true }),
});

type Params = z.output<typeof params>;

interface Prepared {
  /** By segment, in the order given. */
  readonly triggers: readonly (readonly Trigger[])[];
  readonly mode: Params['mode'];
  /** Frames before and after a trigger that change, the last one included. */
  readonly before: number;
  readonly after: number;
  readonly spacing: number;
  readonly fit: Fit;
  readonly artifacts: ReadonlyMap<string, Artifact>;
  readonly store: Store;
  readonly info: RecordingInfo;
}

function subtracts(mode: Params['mode']): mode is 'average' | 'median' {
  return mode === 'average' || mode === 'median';
}

function pads({ samplingFrequency }: RecordingInfo, { ms_before, ms_after }: Params): readonly [number, number] {
  const frames = (ms: number | null) => Math.trunc(((ms ?? 0) * samplingFrequency) / 1000);
  return [frames(ms_before), frames(ms_after)];
}

const learnt = z.object({ artifacts: templates });

function check(parent: RecordingInfo, params: Params): void {
  const { mode, ms_before, ms_after, sparsity } = params;
  const at = `step "${NAME}"`;
  if ((ms_before === null) !== (ms_after === null))
    throw new UserError(`${at}: ms_before and ms_after must both be given, or both be empty`);
  if (subtracts(mode) && ms_before === null)
    throw new UserError(`${at}: mode "${mode}" needs ms_before and ms_after`, { hint: 'Usual are 0.5 and 3.' });
  const triggers = triggersOf(NAME, params.list_triggers, params.list_labels, parent);
  if (!subtracts(mode)) return;
  const [before, after] = pads(parent, params);
  if (before + after === 0)
    throw new UserError(`${at}: ms_before and ms_after together are shorter than one frame`, {
      hint: 'Usual are 0.5 and 3.',
    });
  const channels = parent.channelIds.length;
  for (const label of new Set(triggers.flat().map(({ label }) => label))) {
    const template = params.artifacts?.[label];
    if (params.artifacts && !template) throw new UserError(`${at}, artifacts: there is none of label "${label}"`);
    if (template && (template.length !== before + after || template.some((row) => row.length !== channels)))
      throw new UserError(
        `${at}, artifacts: that of label "${label}" is not ${before + after} frames of ${channels} channels`,
      );
    const mask = sparsity?.[label];
    if (sparsity && !mask) throw new UserError(`${at}, sparsity: there is none of label "${label}"`);
    if (mask && mask.length !== channels)
      throw new UserError(
        `${at}, sparsity: ${mask.length} values for label "${label}", the recording has ${channels} channels`,
      );
  }
}

/** As SpikeInterface's remove_artifacts, the same however the recording is cut into blocks. */
export const removeArtifacts: Step<typeof params, Prepared> = {
  name: NAME,
  label: 'Remove stimulation artefacts',
  help: 'Removes what a stimulus leaves in the traces, at times you know: a few milliseconds around each trigger become zero, are bridged, or have the mean artefact subtracted. Before the filter, which would smear it (not with zeros).',
  params,
  info(parent, params) {
    check(parent, params);
    return parent;
  },
  margin: () => 0,
  async fit(parent, params, signal): Promise<Readonly<Record<string, Json>>> {
    if (!subtracts(params.mode) || params.artifacts) return {};
    const triggers = triggersOf(NAME, params.list_triggers, params.list_labels, parent.info);
    return { artifacts: await artifactTemplates(parent, triggers, pads(parent.info, params), params.mode, signal) };
  },
  prepare(parent, params, fitted) {
    const [before, after] = pads(parent, params);
    const known = params.artifacts ? { artifacts: params.artifacts } : learnt.safeParse(fitted).data;
    if (subtracts(params.mode) && !known) throw new Error('remove_artifacts: its templates have not been learnt yet');
    const jitter = Math.trunc((params.time_jitter * parent.samplingFrequency) / 1000);
    const masked = (label: string) => params.sparsity?.[label]?.flatMap((there, channel) => (there ? [channel] : []));
    return {
      triggers: triggersOf(NAME, params.list_triggers, params.list_labels, parent),
      mode: params.mode,
      before,
      after,
      spacing: Math.max(1, Math.trunc((params.fit_sample_spacing * parent.samplingFrequency) / 1000)),
      fit: {
        before,
        // −jitter … jitter − 1, as SpikeInterface's arange.
        shifts: jitter > 0 ? Array.from({ length: 2 * jitter }, (_, i) => i - jitter) : [0],
        scale: params.scale_amplitude,
      },
      artifacts: new Map(
        Object.entries(known?.artifacts ?? {}).map(([label, template]) => [
          label,
          { template: Float32Array.from(template.flat()), channels: masked(label) },
        ]),
      ),
      store: storing(parent.dtype),
      info: parent,
    };
  },
  apply: (data) => data,
  async read(parent, prepared, segment, startFrame, endFrame) {
    const [from, to] = neededFrames(prepared, segment, startFrame, endFrame);
    const { channelIds, dtype } = prepared.info;
    const stretch: Stretch = {
      data: await parent.read(segment, from, to),
      channels: channelIds.length,
      start: from,
      end: to,
    };
    for (const trigger of prepared.triggers[segment] ?? [])
      if (touches(prepared, trigger, from, to)) remove(stretch, trigger, prepared);
    const out = stretch.data.subarray((startFrame - from) * channelIds.length, (endFrame - from) * channelIds.length);
    const range = wholeRange(dtype);
    if (range && subtracts(prepared.mode))
      for (let i = 0; i < out.length; i++) out[i] = Math.max(range.low, Math.min(range.high, out[i]!));
    return out;
  },
};

/** Whether what the trigger changes meets [from, to). */
function touches({ before, after, fit }: Prepared, { frame }: Trigger, from: number, to: number): boolean {
  const shift = Math.abs(fit.shifts[0]!);
  return frame - before - shift < to && frame + after + shift + 1 > from;
}

/**
 * The frames [from, to) that must be known to give [startFrame, endFrame): artefacts reach over their ends, and one may
 * be bridged from points that lie in another. No farther than a second.
 */
function neededFrames(
  prepared: Prepared,
  segment: number,
  startFrame: number,
  endFrame: number,
): readonly [number, number] {
  const { mode, before, after, spacing, fit, info } = prepared;
  const around = mode === 'zeros' ? 0 : subtracts(mode) ? Math.abs(fit.shifts[0]!) : 2 * spacing + 4;
  const most = Math.round(info.samplingFrequency);
  const least = Math.max(0, startFrame - most);
  const last = Math.min(info.numFrames[segment] ?? 0, endFrame + most);
  let [from, to] = [startFrame, endFrame];
  if (mode === 'zeros') return [from, to];
  for (let grown = true; grown; ) {
    grown = false;
    for (const trigger of prepared.triggers[segment] ?? []) {
      if (!touches(prepared, trigger, from, to)) continue;
      const first = Math.max(least, Math.min(from, trigger.frame - before - around));
      const end = Math.min(last, Math.max(to, trigger.frame + after + 1 + around));
      grown ||= first < from || end > to;
      [from, to] = [first, end];
    }
  }
  return [from, to];
}

function remove(stretch: Stretch, { frame, label }: Trigger, prepared: Prepared): void {
  const { mode, before, after, spacing, artifacts, fit, store } = prepared;
  const { data, channels, start, end } = stretch;
  if (mode === 'zeros') {
    const from = Math.max(start, frame - before) - start;
    const to = Math.min(end, frame + after + 1) - start;
    if (from < to) data.fill(0, from * channels, to * channels);
  } else if (subtracts(mode)) {
    const artifact = artifacts.get(label);
    if (artifact) subtractArtifact(stretch, frame, artifact, fit, store);
  } else bridgeGap(stretch, frame - before, frame + after + 1, spacing, mode, store);
}
