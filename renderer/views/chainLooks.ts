import type { ChannelOrder } from '../../core/shared/api.ts';
import type { ChainLook } from '../../core/shared/preview.ts';
import type { ChannelId } from '../../core/shared/recording.ts';
import type { Session } from '../../core/shared/session.ts';
import { memo } from './memo.ts';
import { sourceVersion } from './versions.ts';
import { type AnswerOf, answer, type ChainDraft, type Data, type Query, type ViewState } from './view.ts';

type Steps = Session['preprocess'];

/** What is held against each other: the chain without and with the step that is looked at, or raw and all steps. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
  /** The step that makes the difference is switched off. */
  readonly off: boolean;
}

export interface Side {
  /** Those that are on. */
  readonly steps: Steps;
  /** "as recorded", "after whiten" */
  readonly label: string;
}

/** Length of the stretch where no traces are shown, s. */
const USUAL_S = 0.5;

export function sidesOf(state: ViewState): Sides {
  const chain = chainOf(state);
  return memo(chain, 'sides', () => {
    const { steps, selected } = chain;
    const end = selected === undefined ? steps.length : selected + 1;
    const off = selected !== undefined && steps[selected]?.enabled === false;
    return { before: sideOf(steps.slice(0, selected ?? 0)), after: sideOf(steps.slice(0, end)), off };
  });
}

const drafts = new WeakMap<Steps, ChainDraft>();

function chainOf({ chain, session }: ViewState): ChainDraft {
  if (chain) return chain;
  const steps = session.session.preprocess;
  const known = drafts.get(steps) ?? { steps };
  drafts.set(steps, known);
  return known;
}

function sideOf(all: Steps): Side {
  const steps = all.filter(({ enabled }) => enabled);
  const last = steps.at(-1)?.step.replaceAll('_', ' ');
  const more = steps.length > 1 ? ` (${steps.length} steps)` : '';
  return { steps, label: last === undefined ? 'as recorded' : `after ${last}${more}` };
}

/** A stretch in words of its segment, s. */
export interface Stretch {
  readonly segment: number;
  readonly startS: number;
  readonly endS: number;
}

interface Wanted {
  readonly order?: ChannelOrder;
  readonly tiles?: boolean;
  readonly channelId?: ChannelId | undefined;
}

/** Both sides of a stretch. */
export function looksQuery(
  state: ViewState,
  stretch: Stretch,
  { order = 'depth', tiles = false, channelId }: Wanted,
): Query {
  const version = sourceVersion(state.session);
  const of = ({ steps }: Side) => {
    const args = { steps, ...stretch, order, tiles, ...(channelId !== undefined && { channelId }) };
    return { method: 'preview', args, version } as const;
  };
  const { before, after } = sidesOf(state);
  return { before: of(before), after: of(after) };
}

/** What the traces show, at most a second of it from its middle on both sides. */
export function stretchOf({ window, session: { recording } }: ViewState): Stretch | undefined {
  if (!recording || recording.numFrames.length === 0) return undefined;
  const rate = recording.samplingFrequency;
  const frames = window && recording.numFrames[window.segment] !== undefined ? window : undefined;
  if (!frames) return { segment: 0, startS: 0, endS: Math.min(USUAL_S, (recording.numFrames[0] ?? 0) / rate) };
  const middle = (frames.startFrame + frames.endFrame) / 2 / rate;
  const half = Math.min(1, (frames.endFrame - frames.startFrame) / rate) / 2;
  return { segment: frames.segment, startS: middle - half, endS: middle + half };
}

export interface Look {
  readonly name: 'before' | 'after';
  readonly side: Side;
  readonly found: AnswerOf<'preview'>;
  readonly look: ChainLook;
  /** The session as the side's own channels have it: names, order and places are theirs. */
  readonly state: ViewState;
}

export function looksOf(state: ViewState, data: Data): { readonly before?: Look; readonly after?: Look } {
  // Told by what was asked: until the new answer is there the old one is shown as what it is.
  const of = (name: 'before' | 'after'): Look | undefined => {
    const found = answer(data, name, 'preview');
    const side = found && memo(found, 'side', () => sideOf(found.args.steps));
    return found && side && { name, side, found, look: found.result, state: stateOf(state, found.result) };
  };
  const [before, after] = [of('before'), of('after')];
  return { ...(before && { before }), ...(after && { after }) };
}

function stateOf(state: ViewState, look: ChainLook): ViewState {
  const { session } = state;
  const own = memo(session, 'own channels', () => new WeakMap<ChainLook, ViewState['session']>());
  let shown = own.get(look);
  if (!shown) {
    const { layout: _layout, recording, ...rest } = session;
    const { channelIds, layout } = look;
    shown = {
      ...rest,
      ...(recording && { recording: { ...recording, channelIds } }),
      ...(layout && { layout }),
    };
    own.set(look, shown);
  }
  const focused = state.focus.channel;
  const id = focused === undefined ? undefined : session.recording?.channelIds[focused];
  const channel = id === undefined ? -1 : look.channelIds.indexOf(id);
  const { channel: _channel, ...focus } = state.focus;
  return { ...state, session: shown, focus: channel < 0 ? focus : { ...focus, channel } };
}

/** Index among the session's channels of one of a side's; undefined: it is not there. */
export function sessionChannel({ session }: ViewState, { channelIds }: ChainLook, channel: number): number | undefined {
  const id = channelIds[channel];
  const found = id === undefined ? -1 : (session.recording?.channelIds.indexOf(id) ?? -1);
  return found < 0 ? undefined : found;
}

export function totalCrossings({ crossings }: ChainLook): number {
  return crossings.reduce((sum, n) => sum + n, 0);
}

export function medianRms(look: ChainLook): number {
  return memo(look, 'median rms', () => {
    const sorted = look.rms.filter((v) => !Number.isNaN(v)).sort();
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  });
}

/** Rows of an explanation that all views of looks share. */
export function explainLooks(state: ViewState, data: Data): (readonly [string, string])[] {
  const { session } = state;
  const { before, after } = looksOf(state, data);
  const one = (look: Look | undefined): string => {
    if (!look) return 'not there yet';
    const { steps } = look.side;
    const names = steps.map(({ step, params }) => {
      const given = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
      return given.length > 0 ? `${step} (${given.join(', ')})` : step;
    });
    return names.length === 0 ? 'as recorded' : names.join(' → ');
  };
  const look = (after ?? before)?.look;
  const seconds = look && (look.endFrame - look.startFrame) / look.samplingFrequency;
  const segment = (after ?? before)?.found.args.segment ?? 0;
  return [
    ['Recording', session.session.recording.paths.join(', ')],
    ['Before', one(before)],
    ['After', one(after)],
    ...(look && seconds !== undefined
      ? [
          [
            'Stretch',
            `${(look.startFrame / look.samplingFrequency).toFixed(3)} s and ${seconds.toFixed(3)} s from there on, segment ${segment}`,
          ] as const,
        ]
      : []),
  ];
}

/** Why there is nothing to be seen. */
export function noLooks({ session }: ViewState): string | undefined {
  if (session.recording && session.nodes.length > 0) return undefined;
  if (session.asks.length > 0) return 'This is seen once the form of the station Recording is complete.';
  return session.curation
    ? 'There is no recording with this sorting. Choose it at the Recording station.'
    : 'No recording is open yet.';
}
