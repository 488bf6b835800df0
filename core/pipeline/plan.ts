import { join } from 'node:path';
import { findStep } from '../open.ts';
import type { StationInfo, StationState } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import { type ChannelLayout, channelLayout } from '../shared/probe.ts';
import { chain, type RecordingInfo, type RecordingSpec, type SourceSpec, totalSeconds } from '../shared/recording.ts';
import { type Session, type Station, stations } from '../shared/session.ts';
import { curationOf } from './curationFile.ts';
import { exportMarker, exportTarget } from './exportPlace.ts';
import { readFitted, withLearnt } from './fitted.ts';
import { type Keys, keysOf } from './keys.ts';
import { type Marker, readMarker } from './marker.ts';
import { probeOf } from './probe.ts';
import { askedOf, infoOf, sourceOf, withSteps } from './source.ts';
import { folderOf, type Workspace } from './workspace.ts';

/** A session held against what lies on the disk: what is there, what is missing, what is out of date. */
export interface Plan {
  readonly workspace: Workspace;
  readonly stations: Readonly<Record<Station, StationInfo>>;
  /** Why a station cannot be run; thrown when it is asked to. */
  readonly errors: Readonly<Partial<Record<Station, UserError>>>;
  /** The recording's params that the user must give. */
  readonly asks: readonly string[];
  /** The source with its probe. */
  readonly source?: SourceSpec;
  /** Of the source as its files have it. */
  readonly info?: RecordingInfo;
  readonly layout?: ChannelLayout;
  /** All steps, with what they learnt if that is known. */
  readonly recording?: RecordingSpec;
  /** After all steps. */
  readonly processed?: RecordingInfo;
  readonly keys: Partial<Keys>;
  readonly sorting?: Marker;
  readonly analyzer?: Marker;
}

type Draft = { -readonly [K in keyof Plan]: Plan[K] } & {
  stations: Record<Station, StationInfo>;
  errors: Partial<Record<Station, UserError>>;
};

export const sortingFolder = (workspace: Workspace) => join(folderOf(workspace), 'sorting');
export const analyzerFolder = (workspace: Workspace) => join(folderOf(workspace), 'analyzer');

/** Reads headers and markers only; writes nothing. `pending`: see planRecording. */
export async function makePlan(workspace: Workspace, pending: readonly string[] = []): Promise<Plan> {
  const draft: Draft = {
    workspace,
    stations: Object.fromEntries(stations.map((s) => [s, { state: 'not done', detail: '' }])) as Record<
      Station,
      StationInfo
    >,
    errors: {},
    asks: [],
    keys: {},
  };
  const steps: readonly [Station, (draft: Draft) => Promise<void>][] = [
    ['recording', (d) => planRecording(d, pending)],
    ['probe', planProbe],
    ['preprocess', planPreprocess],
    ['sort', planSort],
    ['analyze', planAnalyze],
    ['curate', planCurate],
    ['export', planExport],
  ];
  for (const [station, plan] of steps) {
    try {
      await plan(draft);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { message, hint } = error;
      draft.errors[station] = error;
      draft.stations[station] = {
        state: 'failed',
        detail: '',
        error: { message, ...(hint !== undefined && { hint }) },
      };
    }
  }
  return draft;
}

function set(draft: Draft, station: Station, state: StationState, detail: string): void {
  draft.stations[station] = { state, detail };
}

/** `pending`: params that were guessed and wait for the user's word; the recording can be looked at meanwhile. */
async function planRecording(draft: Draft, pending: readonly string[]): Promise<void> {
  draft.asks = askedOf(draft.workspace.session);
  if (draft.asks.length > 0)
    throw new UserError(`the recording does not tell its ${draft.asks.join(', ')}`, {
      hint: `Give ${draft.asks.map((name) => `recording.params.${name}`).join(', ')}.`,
    });
  const source = sourceOf(draft.workspace);
  const info = await infoOf(source);
  if (info.channelIds.length === 0) throw new UserError(`${source.paths[0]} has no channels`);
  draft.source = source;
  draft.info = info;
  if (pending.length > 0) {
    draft.errors.recording = new UserError(`${pending.join(', ')} of the recording are guessed`, {
      hint: 'Look at the traces, correct them where they are wrong, and confirm.',
    });
    return set(draft, 'recording', 'not done', `${describeRecording(info)}: is that right?`);
  }
  set(draft, 'recording', 'done', describeRecording(info));
}

async function planProbe(draft: Draft): Promise<void> {
  const { source, info, workspace } = draft;
  if (!source || !info) return;
  const probe = await probeOf(workspace, info);
  if (!probe) {
    const error = new UserError('the recording does not tell where its channels are', {
      hint: 'Choose a probe: in session.json, "probe": {"generator": "tetrode"} or {"file": "probe.json"}.',
    });
    draft.errors.probe = error;
    set(draft, 'probe', 'not done', 'which probe is it?');
    return;
  }
  draft.source = workspace.session.probe ? { ...source, probe } : source;
  const layout = channelLayout(probe, info.channelIds.length);
  if (layout) draft.layout = layout;
  set(draft, 'probe', 'done', describeProbe(draft.layout));
}

async function planPreprocess(draft: Draft): Promise<void> {
  const { source, info, layout, workspace } = draft;
  if (!source || !info || !layout) return;
  const spec = withSteps(source, workspace.session.preprocess);
  draft.keys = await keysOf(workspace, source, source.probe ?? info.probe);
  const learnt = await readFitted(folderOf(workspace));
  const learns = workspace.session.preprocess.some((step) => step.enabled && findStep(step.step).fit);
  const ready = !learns || learnt?.key === draft.keys.preprocess;
  draft.recording = learns && ready && learnt ? withLearnt(spec, learnt.fitted) : spec;
  draft.processed = await infoOf(draft.recording);
  const detail = describeSteps(workspace.session);
  set(draft, 'preprocess', ready ? 'done' : learnt ? 'out of date' : 'not done', detail);
}

async function planSort(draft: Draft): Promise<void> {
  const { workspace, keys } = draft;
  const marker = await readMarker(sortingFolder(workspace));
  if (marker) draft.sorting = marker;
  set(draft, 'sort', stateOf(marker, keys.sort), marker?.detail ?? '');
}

async function planAnalyze(draft: Draft): Promise<void> {
  const { workspace, keys } = draft;
  const marker = await readMarker(analyzerFolder(workspace));
  if (marker) draft.analyzer = marker;
  set(draft, 'analyze', stateOf(marker, keys.analyze), marker?.detail ?? '');
}

async function planCurate(draft: Draft): Promise<void> {
  const { edits } = await curationOf(draft.workspace, draft.sorting);
  set(draft, 'curate', edits > 0 ? 'done' : 'not done', edits === 1 ? '1 edit' : edits > 0 ? `${edits} edits` : '');
}

async function planExport(draft: Draft): Promise<void> {
  const { workspace, keys, sorting } = draft;
  const { exports } = workspace.session;
  if (exports.length === 0) return;
  const { hash } = await curationOf(workspace, sorting);
  const states = await Promise.all(
    exports.map(async (entry) => {
      const { marker, key } = await exportMarker(workspace, entry, keys.analyze, hash);
      return stateOf(marker, key);
    }),
  );
  const state = states.every((s) => s === 'done')
    ? 'done'
    : states.includes('out of date')
      ? 'out of date'
      : 'not done';
  set(draft, 'export', state, exports.map((entry) => exportTarget(workspace, entry)).join(', '));
}

/** `wanted` undefined: what it would be computed from is not known yet. */
function stateOf(marker: Marker | undefined, wanted: string | undefined): StationState {
  if (!marker) return 'not done';
  return marker.key === wanted ? 'done' : 'out of date';
}

/** "32 channels, 60 s, 30 kHz, int16, µV" */
export function describeRecording(info: RecordingInfo): string {
  const channels = info.channelIds.length;
  const segments = info.numFrames.length;
  const khz = info.samplingFrequency / 1000;
  return [
    channels === 1 ? '1 channel' : `${channels} channels`,
    `${Number(totalSeconds(info).toPrecision(4))} s${segments > 1 ? ` in ${segments} segments` : ''}`,
    `${Number(khz.toPrecision(6))} kHz`,
    info.dtype,
    info.gainToUv ? 'µV' : 'raw units',
  ].join(', ');
}

export function describeProbe(layout: ChannelLayout | undefined): string {
  if (!layout) return '';
  const shanks = new Set(layout.shank.map((shank, c) => `${layout.probe[c]} ${shank}`)).size;
  const places = `${layout.x.length} contacts`;
  return shanks > 1 ? `${places} on ${shanks} shanks` : places;
}

function describeSteps({ preprocess }: Session): string {
  const names = preprocess.filter((step) => step.enabled).map((step) => step.step);
  return names.length > 0 ? names.join(', ') : 'no steps';
}

/** Labels of what can be looked at: raw, then each step. */
export function nodesOf(
  recording: RecordingSpec | undefined,
): { readonly label: string; readonly spec: RecordingSpec }[] {
  if (!recording) return [];
  return chain(recording).map((spec) => ({ label: 'step' in spec ? spec.step : 'raw', spec }));
}
