import type { Json } from './json.ts';

export type JsonObject = { readonly [key: string]: Json | undefined };

/** The params in the JSON Schema of an EntryInfo, in order: name and property, {} where that is no object. */
export function schemaParams(schema: Json): [string, JsonObject][] {
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, property]) => [name, isObject(property) ? property : {}]);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
