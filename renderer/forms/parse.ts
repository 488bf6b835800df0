import type { Json } from '../../core/shared/json.ts';
import type { Field, NumberInput } from './fields.ts';

export type Parsed = { readonly value: Json } | { readonly wrong: string };

/** What is typed into a field as its value, or what is allowed there. */
export function parseField({ input }: Field, typed: string): Parsed {
  const trimmed = typed.trim();
  switch (input.kind) {
    case 'switch':
      return { value: trimmed === 'true' };
    case 'choice':
      return parseChoice(input.options, typed);
    case 'number':
      return parseNumber(input, trimmed);
    case 'text':
      return { value: input.empty && trimmed === '' ? null : typed };
    case 'list':
      return parseList(input, trimmed);
    case 'json':
      return parseJson(trimmed);
  }
}

/** A value as it is typed. */
export function formatField({ input }: Field, value: Json | undefined): string {
  if (value === undefined || value === null) return input.kind === 'choice' ? optionLabel(value ?? null) : '';
  if (input.kind === 'list' && Array.isArray(value)) return value.map(String).join(', ');
  if (input.kind === 'json') return JSON.stringify(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function optionLabel(value: Json): string {
  if (value === null) return 'none';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseChoice(options: readonly Json[], typed: string): Parsed {
  const found = options.find((option) => optionLabel(option) === typed || String(option) === typed);
  return found === undefined ? { wrong: `One of: ${options.map(optionLabel).join(', ')}.` } : { value: found };
}

function parseNumber(input: NumberInput, typed: string): Parsed {
  if (typed === '' && input.empty) return { value: null };
  if (input.words.includes(typed)) return { value: typed };
  const number = Number(typed.replace(',', '.').replace('−', '-'));
  const { min, max, above, below } = input;
  const fits =
    typed !== '' &&
    Number.isFinite(number) &&
    (!input.whole || Number.isInteger(number)) &&
    (min === undefined || number >= min) &&
    (max === undefined || number <= max) &&
    (above === undefined || number > above) &&
    (below === undefined || number < below);
  return fits ? { value: number } : { wrong: allowed(input) };
}

/** "A whole number above 0, or auto." */
export function allowed({ whole, min, max, above, below, words, empty }: NumberInput): string {
  const low = min !== undefined ? `${min} or more` : above !== undefined ? `more than ${above}` : '';
  const high = max !== undefined ? `at most ${max}` : below !== undefined ? `less than ${below}` : '';
  const range =
    min !== undefined && max !== undefined
      ? ` from ${min} to ${max}`
      : low || high
        ? `, ${[low, high].filter(Boolean).join(' and ')}`
        : '';
  const others = [...words, ...(empty ? ['nothing'] : [])].map((word) => `, or ${word}`).join('');
  return `A ${whole ? 'whole ' : ''}number${range}${others}.`;
}

function parseList(input: Extract<Field['input'], { kind: 'list' }>, typed: string): Parsed {
  if (typed === '' && input.empty) return { value: null };
  const parts = typed === '' ? [] : typed.split(/[\s,;]+/).filter(Boolean);
  const what = input.of === 'number' ? 'numbers' : 'words';
  const many = input.least === input.most ? `${input.least} ` : input.least > 0 ? `at least ${input.least} ` : '';
  const wrong = `${many}${what} with commas between, as 1, 2`;
  if (parts.length < input.least || parts.length > input.most) return { wrong: capital(wrong) };
  if (input.of === 'text') return { value: parts };
  const numbers = parts.map(Number);
  return numbers.every(Number.isFinite) ? { value: numbers } : { wrong: capital(wrong) };
}

function parseJson(typed: string): Parsed {
  try {
    const value: Json = JSON.parse(typed);
    return { value };
  } catch {
    return { wrong: 'JSON, as {"a": 1} or [1, 2].' };
  }
}

function capital(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
