/** What can be searched, in lower case: its name, and other words by which it may be found. */
export interface Searched {
  readonly text: string;
  readonly also?: string;
}

/**
 * How well something answers a query, the more the better; undefined where it does not. Every word of the query has to
 * be found: at the beginning of a word, inside of one, or as letters of the name in this order ("tgl" finds "toggle").
 */
function score(query: readonly string[], { text, also = '' }: Searched): number | undefined {
  let sum = 0;
  for (const word of query) {
    const found = wordScore(word, text) ?? (also.includes(word) ? ALSO : undefined);
    if (found === undefined) return undefined;
    sum += found;
  }
  return sum - text.length / 1000;
}

/** The words of what was typed, as `score` wants them. */
function wordsOf(typed: string): string[] {
  return typed.toLowerCase().split(/\s+/).filter(Boolean);
}

const WHOLE = 8;
const START = 5;
const INSIDE = 2;
const ALSO = 1;
const LETTERS = 0.5;

function wordScore(word: string, text: string): number | undefined {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!startsAt(text, at)) continue;
    return endsAt(text, at + word.length) ? WHOLE : START;
  }
  if (text.includes(word)) return INSIDE;
  // Digits are meant as they stand: "12" does not find unit 102.
  return /\d/.test(word) || !hasInOrder(word, text) ? undefined : LETTERS;
}

function startsAt(text: string, at: number): boolean {
  return at === 0 || !isLetterOrDigit(text.charCodeAt(at - 1));
}

function endsAt(text: string, at: number): boolean {
  return at === text.length || !isLetterOrDigit(text.charCodeAt(at));
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || code > 127;
}

function hasInOrder(word: string, text: string): boolean {
  let at = 0;
  for (const letter of word) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The best `most` of those that answer what was typed; of equals, in their order. Nothing typed: the first ones. */
export function best<T extends Searched>(items: readonly T[], typed: string, most: number): T[] {
  const query = wordsOf(typed);
  if (query.length === 0) return items.slice(0, most);
  const found = items.flatMap((item, order) => {
    const points = score(query, item);
    return points === undefined ? [] : [{ item, points, order }];
  });
  found.sort((a, b) => b.points - a.points || a.order - b.order);
  return found.slice(0, most).map(({ item }) => item);
}
