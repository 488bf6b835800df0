import type { Json } from '../../core/shared/json.ts';
import type { RecordingSpec } from '../../core/shared/recording.ts';

export type Params = Readonly<Record<string, Json>>;
export type Chain = (parent: RecordingSpec) => RecordingSpec;

export const step =
  (name: string, params: Params = {}): Chain =>
  (parent) => ({ step: name, params, parent });

export const after =
  (first: Chain, then: Chain): Chain =>
  (parent) =>
    then(first(parent));

/** What the README calls "bp". */
export const bandpass = step('bandpass_filter', { dtype: 'float32' });

/** The golden channels are named "0" to "23". */
export const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => String(from + i));
