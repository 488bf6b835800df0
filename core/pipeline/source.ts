import { formats } from '../formats/index.ts';
import { findStep, open } from '../open.ts';
import { findEntry, parseParams } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import { channelLayout, type ProbeGroup } from '../shared/probe.ts';
import type { RecordingInfo, RecordingSpec, SourceSpec } from '../shared/recording.ts';
import type { Session } from '../shared/session.ts';
import { fromSession, type Workspace } from './workspace.ts';

/** The recording of a session, its paths absolute, without a probe of the session's own. */
export function sourceOf(workspace: Workspace): SourceSpec {
  const { format, paths, params } = workspace.session.recording;
  const entry = findEntry(formats, 'format', format);
  return {
    format,
    paths: paths.map((path) => fromSession(workspace, path)),
    params: parseParams(entry, 'format', params) as Readonly<Record<string, Json>>,
  };
}

/** The steps that are on, around a source. Names and params are checked. */
export function withSteps(source: SourceSpec, steps: Session['preprocess']): RecordingSpec {
  return steps
    .filter((step) => step.enabled)
    .reduce<RecordingSpec>((parent, { step: name, params }) => {
      const step = findStep(name);
      return { step: step.name, params: parseParams(step, 'step', params) as Readonly<Record<string, Json>>, parent };
    }, source);
}

/** The recording's params that its format cannot tell and the session does not give. */
export function askedOf({ recording }: Session): readonly string[] {
  const { asks = [] } = findEntry(formats, 'format', recording.format);
  return asks.filter((name) => recording.params[name] === undefined);
}

/** What a recording is, read from its files. */
export async function infoOf(spec: RecordingSpec): Promise<RecordingInfo> {
  const recording = await open(spec);
  recording.close();
  return recording.info;
}

/** UserError unless each channel has its place on the probe. */
export function checkProbe(probe: ProbeGroup, info: RecordingInfo): void {
  const channels = info.channelIds.length;
  const contacts = probe.probes.reduce((sum, p) => sum + p.contact_positions.length, 0);
  if (channelLayout(probe, channels)) return;
  throw new UserError(`the probe has ${contacts} contacts, but not one for each of the ${channels} channels`, {
    hint: 'Choose another probe, or one whose device_channel_indices name every channel.',
  });
}
