/*
 * The filter of the unit table. Words find units by id or label; comparisons of columns are joined by && and ||:
 *   snr > 5 && group == good       firing_rate < 0.1 || isi_violations_ratio >= 0.5
 */

/** What a row says for a column: a number, a word, or nothing for a column that does not exist. */
type CellOf = (column: string) => number | string | undefined;
export type Filter = (cell: CellOf, words: string) => boolean;

const COMPARISON = /^\s*([A-Za-z_][\w ]*?)\s*(==|!=|<=|>=|=|<|>)\s*(?:'([^']*)'|"([^"]*)"|(\S+))\s*$/;

/** `columns`: names that may be compared. A wrong filter says what is wrong with it. */
export function parseFilter(
  text: string,
  columns: readonly string[],
): { readonly filter: Filter } | { readonly wrong: string } {
  if (text.trim() === '') return { filter: () => true };
  if (!/[<>=]/.test(text)) {
    const wanted = text.trim().toLowerCase().split(/\s+/);
    return { filter: (_cell, words) => wanted.every((word) => words.toLowerCase().includes(word)) };
  }
  const anyOf: Filter[][] = [];
  for (const alternative of text.split(/\|\||\bor\b/)) {
    const allOf: Filter[] = [];
    for (const part of alternative.split(/&&|\band\b/)) {
      const comparison = parseComparison(part, columns);
      if (typeof comparison === 'string') return { wrong: comparison };
      allOf.push(comparison);
    }
    anyOf.push(allOf);
  }
  return { filter: (cell, words) => anyOf.some((allOf) => allOf.every((filter) => filter(cell, words))) };
}

function parseComparison(part: string, columns: readonly string[]): Filter | string {
  const match = COMPARISON.exec(part);
  if (!match) return `"${part.trim()}" is no comparison; write as snr > 5 && group == good`;
  const [, name = '', operator = '', ...values] = match;
  const column = columns.find((c) => c.toLowerCase() === name.trim().toLowerCase());
  if (column === undefined) return `no column "${name.trim()}"; there are ${columns.join(', ')}`;
  const value = values.find((v) => v !== undefined) ?? '';
  return (cell) => compare(cell(column), operator, value);
}

/** NaN and absent values fit no comparison but !=. */
function compare(cell: number | string | undefined, operator: string, value: string): boolean {
  if (typeof cell === 'string') {
    const equal = cell.toLowerCase() === value.toLowerCase() || (cell === '' && value === 'unsorted');
    if (operator === '!=') return !equal;
    return (operator === '==' || operator === '=') && equal;
  }
  const number = Number(value);
  switch (operator) {
    case '!=':
      return cell !== number;
    case '<':
      return cell !== undefined && cell < number;
    case '<=':
      return cell !== undefined && cell <= number;
    case '>':
      return cell !== undefined && cell > number;
    case '>=':
      return cell !== undefined && cell >= number;
    default:
      return cell === number;
  }
}
