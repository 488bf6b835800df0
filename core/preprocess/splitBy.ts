import { aggregateChannels } from '../shared/aggregateChannels.ts';
import { selectChannels } from '../shared/channelSelection.ts';
import { parseParams } from '../shared/entry.ts';
import type { Json } from '../shared/json.ts';
import type { Step } from '../shared/lists.ts';
import type { Recording, RecordingInfo } from '../shared/recording.ts';
import { type AppliedStep, type Kept, stepRecording } from '../shared/stepRecording.ts';
import { z } from '../shared/zod.ts';
import { type ChannelGroup, channelGroups } from './channelGroups.ts';

const NAME = 'split_by';

const params = z.object({
  property: z
    .string()
    .min(1)
    .default('group')
    .describe('What the channels are split by: "group" is the shanks of a probe, or the tetrodes of a drive.')
    .meta({ title: 'Split by' }),
  steps: z
    .array(
      z.strictObject({
        step: z.string().min(1),
        params: z.record(z.string(), z.json()).default({}),
        enabled: z.boolean().default(true),
      }),
    )
    .default([])
    .describe('Steps that run for each group apart, written as in the chain: {"step": name, "params": {…}}.')
    .meta({ title: 'Steps of each group' }),
});

type Params = z.output<typeof params>;
type Learnt = Readonly<Record<string, Json>>;

const learnt = z.object({
  groups: z.array(z.object({ value: z.json(), fitted: z.array(z.record(z.string(), z.json()).nullable()) })),
});

/** One group's steps, source first, and what they keep between blocks. */
interface Branch {
  readonly group: ChannelGroup;
  readonly steps: readonly (AppliedStep & { readonly kept: Kept })[];
}

interface Prepared {
  readonly info: RecordingInfo;
  readonly branches: readonly Branch[];
  /** By branch: the column of the whole of each of its channels. */
  readonly columns: readonly Int32Array[];
}

/**
 * SpikeInterface's split_by, the same steps for each group, aggregate_channels: channels come back in their old order.
 * `find` gives a step by its name.
 */
export function splitBy(find: (name: string) => Step): Step<typeof params, Prepared> {
  function branches(parent: RecordingInfo, { property, steps }: Params, fitted: Learnt | undefined): Branch[] {
    const used = steps.filter(({ enabled }) => enabled);
    const known = learnt.safeParse(fitted).data?.groups;
    return channelGroups(NAME, parent, property).map((group, g) => ({
      group,
      steps: used.map(({ step: name, params }, i) => {
        const step = find(name);
        return {
          step,
          params: parseParams(step, 'step', params),
          fitted: known?.[g]?.fitted[i] ?? undefined,
          kept: {},
        };
      }),
    }));
  }

  function joined(parent: RecordingInfo, branches: readonly Branch[]) {
    const parts = branches.map((branch) => chained(branch, noTraces(parent)).info);
    return aggregateChannels(
      `step "${NAME}"`,
      parts,
      branches.map(({ group }) => group.value),
      parent,
    );
  }

  return {
    name: NAME,
    aliases: ['by_group'],
    label: 'For each group',
    help: 'Runs steps for each shank, tetrode or other group of channels apart, as if each were a recording of its own, and puts the channels together again: a reference of each shank, whitening within each tetrode.',
    params,
    info: (parent, params, fitted) => joined(parent, branches(parent, params, fitted)).info,

    margin: (parent, params) =>
      Math.max(
        0,
        ...branches(parent, params, undefined).map((branch) => {
          let sum = 0;
          let recording = sliced(noTraces(parent), branch.group);
          for (const applied of branch.steps) {
            sum += applied.step.margin(recording.info, applied.params);
            recording = stepRecording(applied, recording);
          }
          return sum;
        }),
      ),

    async fit(parent, params, signal, slices): Promise<Learnt> {
      const groups: Json[] = [];
      for (const { group, steps } of branches(parent.info, params, undefined)) {
        let recording = sliced(parent, group);
        const fitted: (Learnt | null)[] = [];
        for (const applied of steps) {
          const own = await applied.step.fit?.(recording, applied.params, signal, slices);
          fitted.push(own ?? null);
          recording = stepRecording({ ...applied, fitted: own }, recording);
        }
        groups.push({ value: group.value, fitted });
      }
      return { groups };
    },

    prepare(parent, params, fitted) {
      const made = branches(parent, params, fitted);
      const { info, columns } = joined(parent, made);
      return { info, branches: made, columns };
    },

    apply: (data) => data,

    async read(parent, { info, branches, columns }, segment, startFrame, endFrame) {
      const frames = endFrame - startFrame;
      const channels = info.channelIds.length;
      const out = new Float32Array(frames * channels);
      const once = readOnce(parent);
      for (const [i, branch] of branches.entries()) {
        const traces = await chained(branch, once).read(segment, startFrame, endFrame);
        scatter(traces, frames, columns[i]!, out, channels);
      }
      return out;
    },
  };
}

/** The group's channels after its steps. */
function chained({ group, steps }: Branch, parent: Recording): Recording {
  return steps.reduce(
    (recording, { kept, ...applied }) => stepRecording(applied, recording, kept),
    sliced(parent, group),
  );
}

function sliced(parent: Recording, { indices }: ChannelGroup): Recording {
  const from = Int32Array.from(indices);
  const channels = parent.info.channelIds.length;
  return {
    info: selectChannels(parent.info, indices),
    async read(segment, startFrame, endFrame) {
      const traces = await parent.read(segment, startFrame, endFrame);
      const out = new Float32Array((endFrame - startFrame) * from.length);
      for (let at = 0, row = 0; at < out.length; row += channels)
        for (let k = 0; k < from.length; k++, at++) out[at] = traces[row + from[k]!]!;
      return out;
    },
    close() {},
  };
}

/** The parent, each stretch read once: every group wants the same ones, and takes its channels out of it. */
function readOnce(parent: Recording): Recording {
  const stretches = new Map<string, Promise<Float32Array>>();
  return {
    info: parent.info,
    async read(segment, startFrame, endFrame) {
      const key = `${segment} ${startFrame} ${endFrame}`;
      const read = stretches.get(key) ?? parent.read(segment, startFrame, endFrame);
      stretches.set(key, read);
      return read;
    },
    close() {},
  };
}

function scatter(traces: Float32Array, frames: number, into: Int32Array, out: Float32Array, channels: number): void {
  const columns = into.length;
  for (let f = 0; f < frames; f++)
    for (let k = 0; k < columns; k++) out[f * channels + into[k]!] = traces[f * columns + k]!;
}

/** To see what steps give, nothing is read. */
function noTraces(info: RecordingInfo): Recording {
  return { info, read: () => Promise.reject(new Error('nothing to read')), close() {} };
}
