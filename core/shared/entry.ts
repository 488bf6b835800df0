import { UserError } from './errors.ts';
import type { Json } from './json.ts';
import { z } from './zod.ts';

/**
 * One thing a user can pick: a format, step, sorter, extension, metric, exporter. `params` is declared once and
 * drives validation, the form, the saved JSON and the docs: each field has .default() and .describe() (what it is
 * for, what a usual value is); .meta({ unit, advanced, title }) adds the unit and folds the rarely used away.
 */
export interface Entry<P extends z.ZodObject = z.ZodObject> {
  /** SpikeInterface's name, letter for letter, where it has one. */
  readonly name: string;
  /** What the screen says. */
  readonly label: string;
  /** One or two sentences for someone who does not know the word: what it is for, what it changes here. */
  readonly help: string;
  readonly params: P;
}

/** An entry as plain data: what the renderer learns of it. `schema` is the JSON Schema of its params. */
export interface EntryInfo {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly schema: Json;
  readonly defaults: Readonly<Record<string, Json>>;
}

export function entryInfo(entry: Entry): EntryInfo {
  const schema = z.toJSONSchema(entry.params, { unrepresentable: 'any', io: 'input' }) as unknown as Json;
  const defaults = entry.params.safeParse({});
  return {
    name: entry.name,
    label: entry.label,
    help: entry.help,
    schema,
    defaults: (defaults.success ? defaults.data : {}) as Record<string, Json>,
  };
}

/** The entry of that name, or a UserError that offers the nearest known one. `kind`: "step", "metric"… */
export function findEntry<E extends { readonly name: string }>(list: readonly E[], kind: string, name: string): E {
  const found = list.find((entry) => entry.name === name);
  if (found) return found;
  const near = nearest(
    name,
    list.map((entry) => entry.name),
  );
  throw new UserError(`unknown ${kind} "${name}"`, {
    hint: near ? `Did you mean "${near}"?` : `Known: ${list.map((entry) => entry.name).join(', ')}`,
  });
}

/** Params checked against the entry: defaults filled in; unknown or wrong ones are a UserError naming the field. */
export function parseParams<P extends z.ZodObject>(entry: Entry<P>, kind: string, params: unknown): z.output<P> {
  const known = Object.keys(entry.params.shape);
  const given = params === undefined ? {} : params;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new UserError(`${kind} "${entry.name}": the parameters are not an object`);
  for (const key of Object.keys(given))
    if (!known.includes(key)) {
      const near = nearest(key, known);
      throw new UserError(`${kind} "${entry.name}" has no parameter "${key}"`, {
        hint: near ? `Did you mean "${near}"?` : `It has: ${known.join(', ') || 'no parameters'}`,
      });
    }
  const result = entry.params.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') || 'parameters';
  throw new UserError(`${kind} "${entry.name}", ${field}: ${issue?.message ?? 'wrong value'}`);
}

/** The known name closest to `name` by edit distance, if it is close enough to be a slip. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 2)) + 1;
  for (const candidate of known) {
    const d = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
