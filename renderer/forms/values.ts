import type { Json } from '../../core/shared/json.ts';
import type { Session } from '../../core/shared/session.ts';
import type { Field } from './fields.ts';

/** Params by name. In a session only those that differ from the defaults need be there. */
export type Values = Readonly<Record<string, Json>>;

export function currentValue({ name, default: usual }: Field, values: Values, defaults: Values): Json | undefined {
  return values[name] ?? (name in values ? null : (defaults[name] ?? usual));
}

/** `values` with one changed; one that is the default is left out. */
export function withValue(field: Field, value: Json, values: Values, defaults: Values): Values {
  const { [field.name]: _old, ...others } = values;
  return equal(value, defaults[field.name] ?? field.default) ? others : { ...others, [field.name]: value };
}

export function isDefault(field: Field, values: Values, defaults: Values): boolean {
  return equal(currentValue(field, values, defaults), defaults[field.name] ?? field.default);
}

function equal(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** A copy as the session's schema has it. */
export function toParams(values: Values): Session['recording']['params'] {
  return JSON.parse(JSON.stringify(values));
}
