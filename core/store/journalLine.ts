import { hash as hashBytes } from 'node:crypto';
import { type CurationEvent, curationEventSchema } from '../shared/curation.ts';
import { UserError } from '../shared/errors.ts';
import { crc32c } from './crc32c.ts';

/*
 * A journal is JSON lines: {"seq":1,"time":"…","user":"…","event":{…},"prev":"<32 hex>","crc":"<8 hex>"}
 * seq counts from 1; prev is the hash of the line before, of the base's fingerprint in the first; crc is the CRC32C of
 * the line's bytes before `,"crc"`. So no line can change, go, come or move unnoticed.
 */

const NEWLINE = 10;
/** `,"crc":"01234567"}` */
const CRC_BYTES = 18;

export interface Lines {
  readonly events: readonly CurationEvent[];
  /** Bytes up to the end of the last good line. */
  readonly length: number;
  /** What the next line's prev must be. */
  readonly prev: string;
  /** What is wrong with the bytes after `length`. Absent: there are none. */
  readonly damage?: string;
  /** The lines are whole, but of another base: its hash. Then there are no events. */
  readonly otherBase?: string;
}

export const baseHash = (base: string) => hash(Buffer.from(base));

function hash(bytes: Uint8Array): string {
  return hashBytes('sha256', bytes, 'hex').slice(0, 32);
}

/** The next line, newline and all, and what the prev of the one after it must be. */
export function encodeLine(
  line: { readonly seq: number; readonly time: string; readonly user: string; readonly event: CurationEvent },
  prev: string,
): { readonly bytes: Uint8Array; readonly prev: string } {
  const { seq, time, user, event } = line;
  const body = Buffer.from(JSON.stringify({ seq, time, user, event, prev }).slice(0, -1));
  const bytes = Buffer.concat([body, Buffer.from(`,"crc":"${hexCrc(body)}"}\n`)]);
  return { bytes, prev: hash(bytes.subarray(0, -1)) };
}

function hexCrc(bytes: Uint8Array): string {
  return crc32c(bytes).toString(16).padStart(8, '0');
}

/**
 * The events of a journal as far as its lines are whole, and what is wrong with the rest. UserError if a whole line
 * holds an event this version does not know: that is no damage.
 */
export function readLines(bytes: Buffer, base: string): Lines {
  const events: CurationEvent[] = [];
  let prev = baseHash(base);
  let length = 0;
  while (length < bytes.length) {
    const end = bytes.indexOf(NEWLINE, length);
    if (end < 0) return { events, length, prev, damage: 'the last line is cut off' };
    const line = bytes.subarray(length, end);
    const record = parseLine(line);
    if (!record) return { events, length, prev, damage: `line ${events.length + 1} is damaged` };
    if (record.prev !== prev && events.length === 0) return { events, length, prev, otherBase: record.prev };
    if (record.prev !== prev || record.seq !== events.length + 1)
      return { events, length, prev, damage: `line ${events.length + 1} does not follow the one before` };
    events.push(knownEvent(record.event, events.length + 1));
    prev = hash(line);
    length = end + 1;
  }
  return { events, length, prev };
}

interface Line {
  readonly seq: unknown;
  readonly prev: unknown;
  readonly event: unknown;
}

function parseLine(line: Buffer): (Line & { readonly prev: string }) | undefined {
  const body = line.subarray(0, Math.max(0, line.length - CRC_BYTES));
  if (line.toString('latin1', body.length) !== `,"crc":"${hexCrc(body)}"}`) return undefined;
  try {
    const { seq, prev, event }: Line = JSON.parse(line.toString('utf8'));
    return typeof prev === 'string' ? { seq, prev, event } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function knownEvent(event: unknown, line: number): CurationEvent {
  const parsed = curationEventSchema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new UserError(`line ${line} of the curation is an edit this version of Spikedesk does not know`, {
    hint: 'It was made by a newer version: open it with that one.',
    cause: parsed.error,
  });
}
