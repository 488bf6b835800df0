import type { Json } from '../../core/shared/json.ts';
import { isObject } from '../../core/shared/schemaParams.ts';

/** A JSON Schema whose params take only what is offered, where values depend on more than the schema. */
export function offered(schema: Json, choices: Readonly<Record<string, readonly { readonly value: Json }[]>>): Json {
  if (!isObject(schema) || !isObject(schema.properties)) return schema;
  const properties = Object.entries(schema.properties).map(([name, of]): [string, Json | undefined] => {
    const values = choices[name]?.map(({ value }) => value) ?? [];
    return [name, values.length > 0 && isObject(of) ? { ...of, enum: values } : of];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}
