import type { Json } from '../shared/json.ts';

const MAX_DEPTH = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings may not hold them
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

export class JsonError extends Error {
  constructor(message: string, text: string, at: number) {
    const line = text.slice(0, at).split('\n').length;
    super(`${message} in line ${line}`);
    this.name = 'JsonError';
  }
}

/**
 * JSON as Python writes it: NaN, Infinity and -Infinity are numbers. Objects have no prototype (a key "__proto__" is a
 * key), at most 64 levels, no key twice. An integer that a float64 cannot hold exactly stays text. Throws JsonError.
 */
export function parsePythonJson(text: string): Json {
  let at = text.startsWith('\u{feff}') ? 1 : 0;

  const fail = (message: string): never => {
    throw new JsonError(message, text, at);
  };
  const space = () => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  const value = (depth: number): Json => {
    if (depth > MAX_DEPTH) fail(`more than ${MAX_DEPTH} levels`);
    space();
    const c = text[at];
    if (c === '{') return object(depth);
    if (c === '[') return array(depth);
    if (c === '"') return string();
    for (const [word, meaning] of WORDS)
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    return number();
  };
  const number = (): Json => {
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(text)?.[0];
    if (match === undefined) return fail(at >= text.length ? 'the text ends too early' : 'a value is missing');
    at += match.length;
    const result = Number(match);
    const whole = /^-?\d+$/.test(match);
    return whole && !Number.isSafeInteger(result) ? match : result;
  };
  const string = (): string => {
    let out = '';
    at++;
    for (;;) {
      PLAIN.lastIndex = at;
      out += PLAIN.exec(text)?.[0] ?? '';
      at = PLAIN.lastIndex;
      const c = text[at];
      if (c === '"') break;
      if (c !== '\\') return fail('a string does not end');
      const mark = text[at + 1] ?? '';
      if (mark === 'u') {
        const code = /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))
          ? Number.parseInt(text.slice(at + 2, at + 6), 16)
          : -1;
        if (code < 0) fail('a wrong escape');
        out += String.fromCharCode(code);
        at += 6;
      } else {
        const meaning = ESCAPES[mark];
        if (meaning === undefined) return fail('a wrong escape');
        out += meaning;
        at += 2;
      }
    }
    at++;
    return out;
  };
  const array = (depth: number): Json => {
    const items: Json[] = [];
    at++;
    space();
    let more = text[at] !== ']';
    while (more) {
      items.push(value(depth + 1));
      space();
      more = text[at] === ',';
      if (more) at++;
      else if (text[at] !== ']') fail('"," or "]" is missing');
    }
    at++;
    return items;
  };
  const object = (depth: number): Json => {
    const entries: Record<string, Json> = Object.create(null);
    at++;
    space();
    let more = text[at] !== '}';
    while (more) {
      space();
      if (text[at] !== '"') fail('a key is missing');
      const key = string();
      if (key in entries) fail(`the key "${key.slice(0, 80)}" comes twice`);
      space();
      if (text[at] !== ':') fail('":" is missing');
      at++;
      entries[key] = value(depth + 1);
      space();
      more = text[at] === ',';
      if (more) at++;
      else if (text[at] !== '}') fail('"," or "}" is missing');
    }
    at++;
    return entries;
  };

  const result = value(0);
  space();
  if (at < text.length) fail('something follows the end');
  return result;
}

const WORDS: readonly (readonly [string, Json])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

/** JSON that Python's json.load reads back equal: NaN and infinities by name, ASCII only, undefined left out. */
export function pythonJson(value: unknown, indent = 4): string {
  return write(value, indent, '\n');
}

function write(value: unknown, indent: number, newline: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : String(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return ascii(JSON.stringify(value));
  const inner = indent > 0 ? newline + ' '.repeat(indent) : '';
  const outer = indent > 0 ? newline : '';
  const separator = indent > 0 ? `,${inner}` : ', ';
  if (Array.isArray(value) || isNumberList(value)) {
    const items = Array.from(value, (item: unknown) => write(item, indent, inner || newline));
    return items.length === 0 ? '[]' : `[${inner}${items.join(separator)}${outer}]`;
  }
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} cannot be written as JSON`);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${ascii(JSON.stringify(key))}: ${write(item, indent, inner || newline)}`);
  return `{${inner}${lines.join(separator)}${outer}}`;
}

function isNumberList(value: unknown): value is Iterable<number> & ArrayLike<number> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
