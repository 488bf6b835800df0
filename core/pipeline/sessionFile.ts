import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { nearest } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import { SESSION_VERSION, type Session, sessionSchema } from '../shared/session.ts';
import { z } from '../shared/zod.ts';
import { fileError } from '../store/fileError.ts';

/** session.json as a Session: defaults filled in, anything wrong said with its field. Names are not looked up here. */
export async function readSession(path: string): Promise<Session> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw fileError(error, 'read', path);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is not JSON: ${error instanceof Error ? error.message : error}`, { path });
  }
  return parseSession(value, path);
}

/** What a session.json holds, checked. `path` is what an error names. */
export function parseSession(value: unknown, path: string): Session {
  const name = basename(path);
  const version = typeof value === 'object' && value !== null && 'spikedesk' in value ? value.spikedesk : undefined;
  if (version === undefined)
    throw new UserError(`${path} is not a Spikedesk session: it has no "spikedesk" version number`, {
      path,
      hint: 'Make one with `spikedesk init RECORDING`.',
    });
  if (typeof version === 'number' && version > SESSION_VERSION)
    throw new UserError(`${path} has version ${version}; this Spikedesk reads versions up to ${SESSION_VERSION}`, {
      path,
      hint: 'It was written by a newer Spikedesk: update this one.',
    });
  const result = sessionSchema.safeParse(value);
  if (result.success) return result.data;
  throw new UserError(`${name}, ${describeIssue(result.error.issues[0])}`, { path, ...hintOf(result.error.issues[0]) });
}

export function sessionText(session: Session): string {
  return `${JSON.stringify(session, undefined, 2)}\n`;
}

type Issue = z.core.$ZodIssue | undefined;

function describeIssue(issue: Issue): string {
  if (!issue) return 'wrong value';
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return `${field || 'top level'}: unknown field "${issue.keys[0]}"`;
  if (issue.code === 'invalid_union') {
    // The variant that got furthest says most.
    const furthest = issue.errors
      .flat()
      .reduce<Issue>((a, b) => (a && a.path.length >= b.path.length ? a : b), undefined);
    const within = furthest?.path.length ? `.${furthest.path.join('.')}` : '';
    return `${field}${within}: ${furthest?.message ?? issue.message}`;
  }
  return `${field}: ${issue.message}`;
}

function hintOf(issue: Issue): { hint?: string } {
  if (issue?.code !== 'unrecognized_keys') return {};
  const known = fieldsAt(issue.path);
  const near = nearest(issue.keys[0] ?? '', known);
  if (near) return { hint: `Did you mean "${near}"?` };
  return known.length > 0 ? { hint: `Known: ${known.join(', ')}` } : {};
}

/** The fields the schema has at a path, by walking its JSON Schema. */
function fieldsAt(path: readonly PropertyKey[]): string[] {
  let at: JsonSchema | undefined = z.toJSONSchema(sessionSchema, { io: 'input' }) as JsonSchema;
  for (const key of path) at = typeof key === 'number' ? at?.items : at?.properties?.[String(key)];
  return Object.keys(at?.properties ?? {});
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}
