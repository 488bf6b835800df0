import { expect, test } from 'vitest';
import { parsePythonJson, pythonJson } from './pythonJson.ts';

test('what Python writes is read: NaN and infinities, escapes, nesting', () => {
  expect(
    parsePythonJson(
      '\u{feff}{"a": [NaN, Infinity, -Infinity, -0.5e3, true, null], "b\\u00e9\\n": {"": "\\ud834\\udd1e"}} ',
    ),
  ).toEqual(
    Object.assign(Object.create(null), {
      a: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -500, true, null],
      'bé\n': Object.assign(Object.create(null), { '': '𝄞' }),
    }),
  );
});

test('an integer that a number cannot hold stays text', () => {
  expect(parsePythonJson('[9007199254740991, 9007199254740993, 1e300]')).toEqual([
    9007199254740991,
    '9007199254740993',
    1e300,
  ]);
});

test('a key __proto__ is a key', () => {
  const value = parsePythonJson('{"__proto__": {"polluted": true}}');
  expect(Object.keys(value ?? {})).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test.each([
  ['{"a": 1, "a": 2}', 'the key "a" comes twice in line 1'],
  ['[1,\n2,]', 'a value is missing in line 2'],
  ['[1, 2', '"," or "]" is missing in line 1'],
  ['{"a" 1}', '":" is missing in line 1'],
  ['"ab', 'a string does not end in line 1'],
  ['"\\x"', 'a wrong escape in line 1'],
  ['1 2', 'something follows the end in line 1'],
  ['', 'the text ends too early in line 1'],
  ['nan', 'a value is missing in line 1'],
  ['01', 'something follows the end in line 1'],
  ['['.repeat(100_000), 'more than 64 levels in line 1'],
])('%s', (text, message) => {
  expect(() => parsePythonJson(text)).toThrow(message);
});

test('written JSON is ASCII, keeps NaN, leaves out undefined', () => {
  const value = { a: [1, Number.NaN, -0], b: undefined, c: Float64Array.of(0.5), d: 'ü𝄞', e: {}, f: [] };
  expect(pythonJson(value, 0)).toBe(
    '{"a": [1, NaN, -0.0], "c": [0.5], "d": "\\u00fc\\ud834\\udd1e", "e": {}, "f": []}',
  );
  expect(pythonJson({ a: [1] })).toBe('{\n    "a": [\n        1\n    ]\n}');
  expect(parsePythonJson(pythonJson(value))).toMatchObject({ a: [1, Number.NaN, -0], c: [0.5], d: 'ü𝄞' });
});
