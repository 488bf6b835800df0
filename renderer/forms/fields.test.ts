import { expect, test } from 'vitest';
import { entryInfo } from '../../core/shared/entry.ts';
import { z } from '../../core/shared/zod.ts';
import { type Field, fieldsOf } from './fields.ts';
import { allowed, formatField, parseField } from './parse.ts';
import { currentValue, isDefault, toParams, withValue } from './values.ts';

/** The field that a declared param becomes. */
function fieldOf(param: z.ZodType): Field {
  const { schema } = entryInfo({ name: 'x', label: 'X', help: '', params: z.object({ freq_min: param }) });
  return fieldsOf(schema)[0]!;
}

test('label, unit, help, default and advanced come from the declaration', () => {
  const param = z
    .number()
    .min(0)
    .max(15_000)
    .default(300)
    .describe('Usually 300.')
    .meta({ unit: 'Hz', title: 'From', advanced: true });
  expect(fieldOf(param)).toEqual({
    name: 'freq_min',
    label: 'From',
    unit: 'Hz',
    help: 'Usually 300.',
    advanced: true,
    default: 300,
    input: { kind: 'number', whole: false, min: 0, max: 15_000, words: [], empty: false },
  });
});

test('without a title the name is the label', () => {
  expect(fieldOf(z.number().default(1)).label).toBe('Freq min');
});

const kinds: [string, z.ZodType, Field['input']][] = [
  ['a switch', z.boolean().default(true), { kind: 'switch' }],
  ['a choice', z.enum(['a', 'b']).default('a'), { kind: 'choice', options: ['a', 'b'] }],
  [
    'a whole number',
    z.number().int().positive().default(1),
    { kind: 'number', whole: true, above: 0, words: [], empty: false },
  ],
  [
    'a number or nothing',
    z.number().nullable().default(null),
    { kind: 'number', whole: false, words: [], empty: true },
  ],
  [
    'a number or a word',
    z.union([z.literal('auto'), z.number().min(1)]).default('auto'),
    { kind: 'number', whole: false, min: 1, words: ['auto'], empty: false },
  ],
  ['words or nothing', z.enum(['a', 'b']).nullable().default(null), { kind: 'choice', options: [null, 'a', 'b'] }],
  ['yes, no or nothing', z.boolean().nullable().default(null), { kind: 'choice', options: [null, true, false] }],
  ['text', z.string().default(''), { kind: 'text', empty: false }],
  [
    'two numbers',
    z.tuple([z.number(), z.number()]).default([1, 2]),
    { kind: 'list', of: 'number', least: 2, most: 2, empty: false },
  ],
  [
    'words',
    z.array(z.string()).default([]),
    { kind: 'list', of: 'text', least: 0, most: Number.POSITIVE_INFINITY, empty: false },
  ],
  ['anything else', z.record(z.string(), z.number()).default({}), { kind: 'json' }],
];

test.each(kinds)('%s', (_name, param, input) => {
  expect(fieldOf(param).input).toEqual(input);
});

const typed: [string, z.ZodType, string, unknown][] = [
  ['a number', z.number().default(1), ' 2.5 ', { value: 2.5 }],
  ['a comma for the point', z.number().default(1), '2,5', { value: 2.5 }],
  ['no number', z.number().min(0).max(9).default(1), 'x', { wrong: 'A number from 0 to 9.' }],
  ['nothing where a number must be', z.number().default(1), '', { wrong: 'A number.' }],
  ['too large', z.number().max(9).default(1), '10', { wrong: 'A number, at most 9.' }],
  ['the excluded limit', z.number().positive().default(1), '0', { wrong: 'A number, more than 0.' }],
  ['a part of a whole number', z.number().int().min(1).default(1), '1.5', { wrong: 'A whole number, 1 or more.' }],
  ['nothing', z.number().nullable().default(null), '', { value: null }],
  ['a word', z.union([z.literal('auto'), z.number()]).default('auto'), 'auto', { value: 'auto' }],
  ['another word', z.union([z.literal('auto'), z.number()]).default('auto'), 'aut', { wrong: 'A number, or auto.' }],
  ['a choice', z.enum(['a', 'b']).default('a'), 'b', { value: 'b' }],
  ['no choice', z.enum(['a', 'b']).default('a'), 'c', { wrong: 'One of: a, b.' }],
  ['two numbers', z.tuple([z.number(), z.number()]).default([1, 2]), '30, 55', { value: [30, 55] }],
  [
    'one of two numbers',
    z.tuple([z.number(), z.number()]).default([1, 2]),
    '30',
    { wrong: '2 numbers with commas between, as 1, 2.' },
  ],
  ['words', z.array(z.string()).default([]), 'a b', { value: ['a', 'b'] }],
  ['JSON', z.record(z.string(), z.number()).default({}), '{"a": 1}', { value: { a: 1 } }],
  ['no JSON', z.record(z.string(), z.number()).default({}), '{a', { wrong: 'JSON, as {"a": 1} or [1, 2].' }],
];

test.each(typed)('typed: %s', (_name, param, text, parsed) => {
  expect(parseField(fieldOf(param), text)).toEqual(parsed);
});

test('every default is what its own field reads', () => {
  for (const [, param] of kinds) {
    const field = fieldOf(param);
    expect(parseField(field, formatField(field, field.default))).toEqual({ value: field.default });
  }
});

test('allowed names both ends, words and nothing', () => {
  expect(allowed({ kind: 'number', whole: true, above: 0, below: 5, words: ['auto'], empty: true })).toBe(
    'A whole number, more than 0 and less than 5, or auto, or nothing.',
  );
});

test('only what differs from the default is kept', () => {
  const field = fieldOf(z.number().default(300));
  const defaults = { freq_min: 300 };
  const changed = withValue(field, 400, { other: 1 }, defaults);
  expect(changed).toEqual({ other: 1, freq_min: 400 });
  expect(currentValue(field, changed, defaults)).toBe(400);
  expect(isDefault(field, changed, defaults)).toBe(false);
  const back = withValue(field, 300, changed, defaults);
  expect(back).toEqual({ other: 1 });
  expect(currentValue(field, back, defaults)).toBe(300);
  expect(isDefault(field, back, defaults)).toBe(true);
});

test('nothing, where the default is something, is kept', () => {
  const field = fieldOf(z.number().nullable().default(5));
  const emptied = withValue(field, null, {}, { freq_min: 5 });
  expect(emptied).toEqual({ freq_min: null });
  expect(currentValue(field, emptied, { freq_min: 5 })).toBeNull();
  expect(toParams(emptied)).toEqual({ freq_min: null });
});
