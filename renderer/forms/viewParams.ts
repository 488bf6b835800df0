import type { Json } from '../../core/shared/json.ts';
import type { View } from '../views/view.ts';

/** `options` with one param changed; unchanged where the view does not take that value. */
export function withParam<Options>(view: View<Options>, options: Options, name: string, value: Json): Options {
  const parsed = view.params.safeParse({ ...plain(options), [name]: value });
  return parsed.success ? parsed.data : options;
}

/** The value of one param. */
export function readParam<Options>(options: Options, name: string): Json | undefined {
  return plain(options)[name];
}

function plain<Options>(options: Options): Readonly<Record<string, Json | undefined>> {
  const json: unknown = JSON.parse(JSON.stringify(options));
  return typeof json === 'object' && json !== null ? { ...json } : {};
}
