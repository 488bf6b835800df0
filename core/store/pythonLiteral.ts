/** A Python literal: None, bool, number, string; lists and tuples as arrays, dicts as null-prototype objects. */
export type PythonLiteral =
  | null
  | boolean
  | number
  | string
  | readonly PythonLiteral[]
  | { readonly [key: string]: PythonLiteral };

/** Which brackets are allowed. */
export interface LiteralRules {
  readonly tuples: boolean;
  readonly dicts: boolean;
}

/** Not a literal; `position` is where in the text. */
export class LiteralError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.name = 'LiteralError';
    this.position = position;
  }
}

const MAX_DEPTH = 16;
const NUMBER = /[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)/y;
const SPACE = /(?:[ \t\r\n\f\u{feff}]|#[^\n]*|\\\r?\n)*/uy;

/** The literal that starts at `start`, and where it ends. Nothing is ever evaluated. Throws LiteralError. */
export function literalAt(text: string, start: number, rules: LiteralRules): { value: PythonLiteral; end: number } {
  let at = start;

  const fail = (message: string): never => {
    throw new LiteralError(message, at);
  };
  const skipSpace = () => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  const value = (depth: number): PythonLiteral => {
    if (depth > MAX_DEPTH) fail('brackets too deep');
    const c = text[at];
    if (c === undefined) fail('the text ends where a value should be');
    if (c === '[') return sequence(']', depth);
    if (c === '(' && rules.tuples) return sequence(')', depth);
    if (c === '{' && rules.dicts) return dict(depth);
    if (c === "'" || c === '"') return string(false);
    if (/[uUrR]/.test(c!) && /['"]/.test(text[at + 1] ?? '')) {
      at++;
      return string(/[rR]/.test(c!));
    }
    for (const [word, meaning] of WORDS)
      if (text.startsWith(word, at) && !/\w/.test(text[at + word.length] ?? '')) {
        at += word.length;
        return meaning;
      }
    return number();
  };
  const sequence = (close: string, depth: number): PythonLiteral => {
    const items: PythonLiteral[] = [];
    at++;
    for (;;) {
      skipSpace();
      if (text[at] === close) break;
      items.push(value(depth + 1));
      skipSpace();
      if (text[at] === ',') at++;
      else if (text[at] !== close) fail(`"," or "${close}" expected`);
    }
    at++;
    return items;
  };
  const dict = (depth: number): PythonLiteral => {
    const entries: Record<string, PythonLiteral> = Object.create(null);
    at++;
    for (;;) {
      skipSpace();
      if (text[at] === '}') break;
      const key = value(depth + 1);
      if (typeof key !== 'string') return fail('a key that is not a string');
      skipSpace();
      if (text[at] !== ':') fail('":" expected');
      at++;
      skipSpace();
      entries[key] = value(depth + 1);
      skipSpace();
      if (text[at] === ',') at++;
      else if (text[at] !== '}') fail('"," or "}" expected');
    }
    at++;
    return entries;
  };
  const number = (): number => {
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(text)?.[0];
    if (match === undefined) return fail('not a plain value');
    let end = at + match.length;
    if (text[end] === 'L') end++; // Python 2's long
    if (/[\w.]/.test(text[end] ?? '')) fail('not a plain number');
    at = end;
    const digits = match.replaceAll('_', '');
    const sign = digits.startsWith('-') ? -1 : 1;
    return sign * Number(digits.replace(/^[+-]/, ''));
  };
  const string = (raw: boolean): string => {
    const quote = text[at]!;
    const close = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
    at += close.length;
    let out = '';
    while (!text.startsWith(close, at)) {
      const c = text[at];
      if (c === undefined || (c === '\n' && close.length === 1)) return fail('a string that does not end');
      if (c !== '\\') {
        out += c;
        at++;
      } else if (raw) {
        out += text.slice(at, at + 2);
        at += 2;
      } else {
        const [written, length] = escapeAt(text, at);
        out += written;
        at += length;
      }
    }
    at += close.length;
    return out;
  };

  const result = value(0);
  return { value: result, end: at };
}

const WORDS: readonly (readonly [string, PythonLiteral])[] = [
  ['None', null],
  ['True', true],
  ['False', false],
];

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};
const HEX = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3}))/y;

/** The escape at `at`: what it stands for and how many characters it takes. Unknown ones stay, as in Python. */
function escapeAt(text: string, at: number): readonly [string, number] {
  const next = text[at + 1] ?? '';
  const simple = SIMPLE[next];
  if (simple !== undefined) return [simple, 2];
  HEX.lastIndex = at;
  const match = HEX.exec(text);
  if (!match) return [`\\${next}`, 1 + next.length];
  const code =
    match[4] !== undefined ? Number.parseInt(match[4], 8) : Number.parseInt(match[1] ?? match[2] ?? match[3]!, 16);
  return [code <= 0x10ffff ? String.fromCodePoint(code) : '\u{fffd}', match[0].length];
}
