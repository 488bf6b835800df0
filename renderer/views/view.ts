import type { Api, SessionState } from '../../core/shared/api.ts';
import type { ArgsOf, ItemOf, ResultOf } from '../../core/shared/rpc.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import type { Mark, Size } from '../gl/mark.ts';
import type { Palette } from './palette.ts';

type Askable = 'traces' | 'spikes' | 'waveforms' | 'correlograms' | 'places' | 'units';

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

/** All a view may depend on. */
export interface ViewState {
  readonly session: SessionState;
  /** Selected units, in the order they were selected. */
  readonly unitIds: readonly UnitId[];
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
}

type Picked = { readonly kind: 'select'; readonly unitId: UnitId; readonly add: boolean };

/** A picture of the session: pure functions of what is passed in. `Options` is plain data the user changes. */
export interface View<Options> {
  readonly name: string;
  readonly label: string;
  /** What is seen, and what the mouse does. */
  readonly help: string;
  readonly initial: Options;
  /** What data is needed for this picture. */
  query(state: ViewState, options: Options, size: Size): Query;
  draw(state: ViewState, data: Data, options: Options, size: Size): readonly Mark[];
  /** Why there is nothing to see, and what would fill the view. */
  empty(state: ViewState, options: Options): string | undefined;
  /** What is shown: "100 of 8,123 spikes". */
  summary(state: ViewState, data: Data, options: Options): string;
  /** Options that only the data can tell (a scale that fits); the same object when there is nothing to change. */
  settle?(state: ViewState, data: Data, options: Options): Options;
  /** What lies under the pointer, in words. */
  read?(hit: Hit, state: ViewState, data: Data, options: Options, size: Size): string | undefined;
  /** What a click there means. */
  pick?(hit: Hit, state: ViewState, data: Data, options: Options, size: Size): Picked | undefined;
  drag?(by: { readonly dx: number; readonly dy: number }, state: ViewState, options: Options, size: Size): Options;
  /** `turn`: notches of the wheel, positive away from the user. */
  wheel?(hit: Hit, turn: number, state: ViewState, options: Options, size: Size): Options;
  reset?(options: Options): Options;
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
