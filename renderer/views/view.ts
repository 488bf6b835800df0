import type { Api, SessionState } from '../../core/shared/api.ts';
import type { ArgsOf, ItemOf, ResultOf } from '../../core/shared/rpc.ts';
import type { Session } from '../../core/shared/session.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import type { z } from '../../core/shared/zod.ts';
import type { Box, Mark, Size } from '../gl/mark.ts';
import type { Palette } from './palette.ts';

type Askable =
  | 'traces'
  | 'spikes'
  | 'waveforms'
  | 'correlograms'
  | 'places'
  | 'units'
  | 'isi'
  | 'rates'
  | 'amplitudes'
  | 'similar'
  | 'activity'
  | 'sparsity'
  | 'preview';

/** Data a view needs: a method, its arguments, and what the answer depends on besides them. */
export type Ask = {
  [K in Askable]: { readonly method: K; readonly args: ArgsOf<Api[K]>; readonly version: string };
}[Askable];

export type AnswerOf<K extends Askable> = {
  readonly method: K;
  readonly args: ArgsOf<Api[K]>;
  readonly items: readonly ItemOf<Api[K]>[];
  readonly result: ResultOf<Api[K]>;
};
export type Answer = { [K in Askable]: AnswerOf<K> }[Askable];

/** What is asked for, by names of the view's own. */
export type Query = Readonly<Record<string, Ask>>;
/** The answers that are there, by the same names; an old one stays until the new one comes. */
export type Data = Readonly<Record<string, Answer>>;

/** A place in the recording. */
export interface Moment {
  readonly segment: number;
  readonly frame: number;
}

/** What was picked last in any view; others go there. */
export interface Focus {
  readonly time?: Moment;
  /** Channel index. */
  readonly channel?: number;
}

/** A stretch of time that a view of traces shows. */
export interface TimeWindow {
  readonly segment: number;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** The chain of steps as it is being changed: a value that is dragged is not in the session yet. */
export interface ChainDraft {
  readonly steps: Session['preprocess'];
  /** The step that is looked at; left out: all of them against the recording as it is. */
  readonly selected?: number;
}

/** All a view may depend on. */
export interface ViewState {
  readonly session: SessionState;
  /** Selected units, in the order they were selected. */
  readonly unitIds: readonly UnitId[];
  /** Units as the table shows them, sorted and filtered. */
  readonly order: readonly UnitId[];
  readonly focus: Focus;
  /** What the traces show, if they are shown. */
  readonly window?: TimeWindow;
  /** Where it is being changed; else it is the session's. */
  readonly chain?: ChainDraft;
  readonly palette: Palette;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
}

/** The pointer, in CSS pixels of the view. */
export interface Hit {
  readonly x: number;
  readonly y: number;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt?: boolean;
}

/** What a click or a lasso means. */
export type Picked =
  | { readonly kind: 'select'; readonly unitId: UnitId; readonly add: boolean }
  | { readonly kind: 'units'; readonly unitIds: readonly UnitId[]; readonly add: boolean }
  | { readonly kind: 'focus'; readonly focus: Focus };

/** What lies under the pointer in one view; all others show where it is in theirs. */
export interface Pointed {
  readonly unitId?: UnitId;
  /** Channel index. */
  readonly channel?: number;
  readonly time?: Moment;
}

/** Shows in this view what is pointed at in another: drawn above the picture, so that it costs no redrawing. CSS pixels. */
export type Echo =
  | { readonly kind: 'upright'; readonly x: number; readonly from: number; readonly to: number }
  | { readonly kind: 'level'; readonly y: number; readonly from: number; readonly to: number }
  | { readonly kind: 'ring'; readonly x: number; readonly y: number; readonly radius: number }
  | { readonly kind: 'frame'; readonly box: Box };

/** A key of a view: it works on the panel of this kind that was used last. */
export interface ViewCommand<Options> {
  /** Unique among the commands of this view. */
  readonly id: string;
  readonly label: string;
  /** As tinykeys writes them. */
  readonly keys: readonly string[];
  run(options: Options, state: ViewState, size: Size): Options;
}

/** A value that a param may have, in words. */
export interface Choice {
  readonly value: string | number;
  readonly label: string;
}

/**
 * A picture of the session: pure functions of what is passed in. An entry like those of core: `params` declares its
 * options, and the form behind the gear, the saved layout and the check of it follow. Fields with
 * .meta({ moment: true }) tell where one is looking, not how: they have no place in the form or in a saved layout.
 */
export interface View<Options> {
  readonly name: string;
  readonly label: string;
  /** What is seen, and what the mouse does. */
  readonly help: string;
  /** Plain JSON; every field has a default or is optional. */
  readonly params: z.ZodType<Options>;
  /** Params that have a control in the panel's head, not only behind the gear. */
  readonly bar?: readonly (keyof Options & string)[];
  readonly commands?: readonly ViewCommand<Options>[];
  /** It shows where the traces are (`state.window`) and is drawn anew when they move. */
  readonly marksWindow?: true;
  /** It shows the chain as it is being changed (`state.chain`). */
  readonly showsChain?: true;
  /** Params whose values depend on the session. */
  choices?(state: ViewState, options: Options, data: Data): Readonly<Record<string, readonly Choice[]>>;
  /** What data is needed for this picture. */
  query(state: ViewState, options: Options, size: Size): Query;
  draw(state: ViewState, data: Data, options: Options, size: Size): readonly Mark[];
  /** The data is of another place than is to be shown: the old picture stays as it is until the new data is there. */
  keeps?(state: ViewState, data: Data, options: Options): boolean;
  /** Why there is nothing to see, and what would fill the view. */
  empty(state: ViewState, options: Options, data: Data): string | undefined;
  /** What is shown: "100 of 8,123 spikes". */
  summary(state: ViewState, data: Data, options: Options): string;
  /** Where the numbers come from: which file, node, spikes of how many. Name and value, in words. */
  explain(state: ViewState, data: Data, options: Options): readonly (readonly [string, string])[];
  /** What is drawn as a table, for a spreadsheet; first row: names with units. */
  table?(state: ViewState, data: Data, options: Options): readonly (readonly (string | number)[])[];
  /** Options that only the data can tell (a scale that fits); the same object when there is nothing to change. */
  settle?(state: ViewState, data: Data, options: Options): Options;
  /** What lies under the pointer, in words. */
  read?(hit: Hit, state: ViewState, data: Data, options: Options, size: Size): string | undefined;
  /** The same as things. */
  point?(hit: Hit, state: ViewState, data: Data, options: Options, size: Size): Pointed | undefined;
  /** Where in this picture that is. */
  echo?(pointed: Pointed, state: ViewState, data: Data, options: Options, size: Size): readonly Echo[];
  /** What a click there means. */
  pick?(hit: Hit, state: ViewState, data: Data, options: Options, size: Size): Picked | undefined;
  /** What a line drawn around something means (shift and drag); CSS pixels, closed by itself. */
  lasso?(
    line: readonly { readonly x: number; readonly y: number }[],
    state: ViewState,
    data: Data,
    options: Options,
    size: Size,
  ): Picked | undefined;
  drag?(
    by: { readonly dx: number; readonly dy: number },
    state: ViewState,
    options: Options,
    size: Size,
    data: Data,
  ): Options;
  /** `turn`: notches of the wheel, positive away from the user. */
  wheel?(hit: Hit, turn: number, state: ViewState, options: Options, size: Size, data: Data): Options;
  reset?(options: Options): Options;
  /** The options with which what was picked elsewhere is seen; the same object when it is. */
  follow?(focus: Focus, state: ViewState, options: Options, data: Data): Options;
  /** The stretch of time it shows, for other views to mark. */
  window?(state: ViewState, options: Options): TimeWindow | undefined;
}

/** A view whose options only it knows: `with` hands it to a function that works for any. */
export interface AnyView {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  with<Result>(use: <Options>(view: View<Options>) => Result): Result;
}

/** The answer of that name, if it is there and of that method. */
export function answer<K extends Askable>(data: Data, name: string, method: K): AnswerOf<K> | undefined {
  const found = Object.hasOwn(data, name) ? data[name] : undefined;
  return isOf(found, method) ? found : undefined;
}

function isOf<K extends Askable>(
  found: Answer | undefined,
  method: K,
): found is Extract<Answer, { method: K }> & AnswerOf<K> {
  return found?.method === method;
}
