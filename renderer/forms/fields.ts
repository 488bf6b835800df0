import type { Json } from '../../core/shared/json.ts';
import { isObject, type JsonObject, schemaParams } from '../../core/shared/schemaParams.ts';

/** One field of a form, made from one property of a JSON Schema. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** 'Hz', 'µm' … */
  readonly unit: string;
  readonly help: string;
  readonly advanced: boolean;
  readonly default: Json | undefined;
  readonly input: Input;
}

type Input =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly Json[] }
  | NumberInput
  | { readonly kind: 'text'; readonly empty: boolean }
  | {
      readonly kind: 'list';
      readonly of: 'number' | 'text';
      readonly least: number;
      readonly most: number;
      readonly empty: boolean;
    }
  | { readonly kind: 'json' };

export interface NumberInput {
  readonly kind: 'number';
  readonly whole: boolean;
  readonly min?: number;
  readonly max?: number;
  /** The limits themselves are not allowed. */
  readonly above?: number;
  readonly below?: number;
  /** Words that are allowed as well: 'auto'. */
  readonly words: readonly string[];
  /** May be left empty, which means null. */
  readonly empty: boolean;
}

/** The fields of an entry's params. */
export function fieldsOf(schema: Json): Field[] {
  return schemaParams(schema).map(([name, of]) => {
    return {
      name,
      label: text(of.title) || sentence(name),
      unit: text(of.unit),
      help: text(of.description),
      advanced: of.advanced === true,
      default: of.default,
      input: inputOf(of),
    };
  });
}

function inputOf(schema: JsonObject): Input {
  const variants = [
    ...(Array.isArray(schema.anyOf) ? schema.anyOf : []),
    ...(Array.isArray(schema.oneOf) ? schema.oneOf : []),
  ].filter(isObject);
  if (variants.length > 0) return inputOfVariants(variants);
  if (Array.isArray(schema.enum)) return { kind: 'choice', options: schema.enum };
  if (schema.const !== undefined) return { kind: 'choice', options: [schema.const] };
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const empty = types.includes('null');
  const type = types.find((t) => t !== 'null');
  if (type === 'boolean') return empty ? { kind: 'choice', options: [null, true, false] } : { kind: 'switch' };
  if (type === 'number' || type === 'integer') return numberInput(schema, type === 'integer', [], empty);
  if (type === 'string') return { kind: 'text', empty };
  if (type === 'array') return listInput(schema, empty);
  return { kind: 'json' };
}

/** A union: of words, of a number and words, of one thing and null. */
function inputOfVariants(variants: readonly JsonObject[]): Input {
  const some = variants.filter((v) => v.type !== 'null');
  const empty = some.length < variants.length;
  const words = some.flatMap((v) =>
    typeof v.const === 'string' ? [v.const] : Array.isArray(v.enum) ? v.enum.filter((w) => typeof w === 'string') : [],
  );
  const number = some.find((v) => v.type === 'number' || v.type === 'integer');
  if (number && some.every((v) => v === number || typeof v.const === 'string' || Array.isArray(v.enum)))
    return numberInput(number, number.type === 'integer', words, empty);
  if (words.length > 0 && some.every((v) => typeof v.const === 'string' || Array.isArray(v.enum)))
    return { kind: 'choice', options: [...(empty ? [null] : []), ...words] };
  const [only, ...others] = some;
  if (!only || others.length > 0) return { kind: 'json' };
  const input = inputOf(only);
  if (!empty) return input;
  if (input.kind === 'switch') return { kind: 'choice', options: [null, true, false] };
  if (input.kind === 'choice') return { ...input, options: [null, ...input.options] };
  return 'empty' in input ? { ...input, empty } : { kind: 'json' };
}

/** zod writes the largest safe integer where there is no limit. */
function numberInput(schema: JsonObject, whole: boolean, words: readonly string[], empty: boolean): NumberInput {
  const limit = (value: Json | undefined) =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
  const [min, max] = [limit(schema.minimum), limit(schema.maximum)];
  const [above, below] = [limit(schema.exclusiveMinimum), limit(schema.exclusiveMaximum)];
  return {
    kind: 'number',
    whole,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(above !== undefined && { above }),
    ...(below !== undefined && { below }),
    words,
    empty,
  };
}

function listInput(schema: JsonObject, empty: boolean): Input {
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems.filter(isObject) : [];
  const item = isObject(schema.items) ? schema.items : prefix[0];
  const type = item?.type;
  const of = type === 'number' || type === 'integer' ? 'number' : type === 'string' ? 'text' : undefined;
  if (!of) return { kind: 'json' };
  const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY;
  return { kind: 'list', of, least, most, empty };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** "freq_min" → "Freq min" */
function sentence(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
