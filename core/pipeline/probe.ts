import { findEntry, parseParams } from '../shared/entry.ts';
import type { Probe, ProbeGroup } from '../shared/probe.ts';
import { probeGenerators } from '../shared/probeGenerators.ts';
import { parseProbeJson } from '../shared/probeJson.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import type { Session } from '../shared/session.ts';
import { readJson } from '../store/json.ts';
import { checkProbe } from './source.ts';
import { fromSession, type Workspace } from './workspace.ts';

type SessionProbe = NonNullable<Session['probe']>;

/** The probe of a session: its own, else the recording's; undefined if neither is there. UserError if it does not fit. */
export async function probeOf(workspace: Workspace, info: RecordingInfo): Promise<ProbeGroup | undefined> {
  const { probe } = workspace.session;
  if (!probe) return info.probe;
  const channels = info.channelIds.length;
  const group = await groupOf(workspace, probe, channels);
  checkProbe(group, info);
  return group;
}

async function groupOf(workspace: Workspace, probe: SessionProbe, channels: number): Promise<ProbeGroup> {
  if ('generator' in probe) return made(probe, channels);
  if ('probeinterface' in probe) return parseProbeJson(probe.probeinterface, `the probe in ${workspace.file}`);
  return probeFile(fromSession(workspace, probe.file), channels);
}

function made(probe: { readonly generator: string; readonly params: object }, channels: number): ProbeGroup {
  const generator = findEntry(probeGenerators, 'probe', probe.generator);
  return generator.make(parseParams(generator, 'probe', probe.params), channels);
}

/** A probe file without wiring is taken as wired straight: channel i is contact i. */
async function probeFile(path: string, channels: number): Promise<ProbeGroup> {
  const group = parseProbeJson(await readJson(path), path);
  if (group.probes.some((probe) => probe.device_channel_indices)) return group;
  let next = 0;
  const probes = group.probes.map(
    (probe): Probe => ({
      ...probe,
      device_channel_indices: probe.contact_positions.map(() => (next < channels ? next++ : -1)),
    }),
  );
  return { probes };
}
