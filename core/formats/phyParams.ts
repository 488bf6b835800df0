import { UserError } from '../shared/errors.ts';
import { readSmallText } from '../store/byteSource.ts';
import { LiteralError, literalAt, type PythonLiteral } from '../store/pythonLiteral.ts';

const MAX_BYTES = 1024 * 1024;
const BLANK = /(?:[ \t\f\u{feff}]|#[^\n]*|\r?\n|\r)*/uy;
const NAME = /([A-Za-z_]\w*)[ \t]*=[ \t]*(?!=)/y;
const END = /[ \t]*(?:#[^\n]*)?(?:\r?\n|\r|$)/y;

export type PhyParams = ReadonlyMap<string, PythonLiteral>;

/**
 * A phy params.py, read as data: lines `name = literal` with strings, numbers, True, False, None and lists. It is
 * never executed; UserError naming the line for anything else.
 */
export function readPhyParams(path: string): PhyParams {
  return parsePhyParams(readSmallText(path, MAX_BYTES), path);
}

export function parsePhyParams(text: string, path: string): PhyParams {
  const params = new Map<string, PythonLiteral>();
  let at = 0;
  const refuse = (why: string, where: number): never => {
    const before = text.slice(0, where).split('\n');
    const line = text.split('\n')[before.length - 1]?.trim().slice(0, 60) ?? '';
    throw new UserError(`${path}, line ${before.length}: ${why}: ${line}`, {
      path,
      hint: 'Only lines such as sample_rate = 30000.0 are read, with text, numbers, True, False, None and lists: the file is never run.',
    });
  };
  for (;;) {
    BLANK.lastIndex = at;
    BLANK.exec(text);
    at = BLANK.lastIndex;
    if (at >= text.length) return params;
    NAME.lastIndex = at;
    const name = NAME.exec(text)?.[1];
    if (name === undefined) return refuse('not a plain setting', at);
    const start = NAME.lastIndex;
    try {
      const { value, end } = literalAt(text, start, { tuples: false, dicts: false });
      params.set(name, value);
      at = end;
    } catch (error) {
      if (!(error instanceof LiteralError)) throw error;
      refuse(error.message, Math.min(error.position, text.length - 1));
    }
    END.lastIndex = at;
    if (!END.test(text)) refuse('something follows the value', at);
    at = END.lastIndex;
  }
}

/** A positive number of the file. UserError if it is missing. */
export function positiveParam(params: PhyParams, key: string, path: string): number {
  const value = params.get(key);
  if (typeof value !== 'number' || !(value > 0) || !Number.isFinite(value))
    throw new UserError(`${path}: ${key} is ${value === undefined ? 'missing' : 'not a positive number'}`, {
      path,
      hint: `Add a line such as ${key} = ${key === 'sample_rate' ? '30000.0' : '32'}.`,
    });
  return value;
}
