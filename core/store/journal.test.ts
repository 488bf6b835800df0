import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CurationEvent } from '../shared/curation.ts';
import { openJournal } from './journal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal 'ü# "));
});
afterEach(() => rm(folder, { recursive: true }));

const merge: CurationEvent = { type: 'merge', unitIds: [1, 2], into: 3 };
const undo: CurationEvent = { type: 'undo' };
const base = 'sorting 1';
const inside = (name: string) => join(folder, '.spikedesk', name);
const path = () => inside('curation.jsonl');

async function written(...events: CurationEvent[]): Promise<void> {
  const journal = await openJournal(folder, { base });
  for (const event of events) await journal.append(event);
  await journal.close();
}

test('opening makes nothing; the first edit makes the folder', async () => {
  const journal = await openJournal(folder, { base, user: 'ada' });
  expect(readdirSync(folder)).toEqual([]);
  await journal.append(merge);
  await journal.append(undo);
  await journal.close();
  expect(readdirSync(inside(''))).toEqual(['curation.jsonl']);
  const lines = readFileSync(path(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { seq: 1, user: 'ada', event: merge },
    { seq: 2, user: 'ada', event: undo },
  ]);
});

test('what was appended is there again', async () => {
  await written(merge, undo);
  await written(merge);
  const journal = await openJournal(folder, { base });
  expect([journal.events, journal.warnings]).toEqual([[merge, undo, merge], []]);
  await journal.close();
});

test('appends asked for at once are kept in order', async () => {
  const journal = await openJournal(folder, { base });
  const events = Array.from({ length: 20 }, (_, i): CurationEvent => ({ type: 'remove', unitIds: [i] }));
  await Promise.all(events.map((event) => journal.append(event)));
  await journal.close();
  expect((await openJournal(folder, { base })).events).toEqual(events);
});

test('a torn tail is cut, kept beside and told', async () => {
  await written(merge, undo);
  const whole = readFileSync(path());
  appendFileSync(path(), '{"seq":3,"ti');
  const journal = await openJournal(folder, { base });
  expect(journal.events).toEqual([merge, undo]);
  expect(journal.warnings[0]).toMatch(/last line is cut off; the 2 edits before it are whole/);
  expect(readFileSync(path())).toEqual(whole);
  expect(readFileSync(`${path()}.torn`, 'utf8')).toBe('{"seq":3,"ti');
  await journal.append(merge);
  await journal.close();
  appendFileSync(path(), 'x');
  await (await openJournal(folder, { base })).close();
  expect(readFileSync(`${path()}.torn-2`, 'utf8')).toBe('x');
  expect((await openJournal(folder, { base })).events).toEqual([merge, undo, merge]);
});

test('one writer, any number of readers', async () => {
  const [first, second] = [await openJournal(folder, { base }), await openJournal(folder, { base })];
  await first.append(merge);
  await expect(second.append(undo)).rejects.toThrow('is in use by another Spikedesk');
  const third = await openJournal(folder, { base });
  expect(third.events).toEqual([merge]);
  await first.close();
  await expect(second.append(undo)).rejects.toThrow('was changed by another Spikedesk since it was opened');
  await third.append(undo);
  await third.close();
  expect((await openJournal(folder, { base })).events).toEqual([merge, undo]);
});

test('the curation of another sorting is refused, or set aside at the first edit', async () => {
  await written(merge);
  const before = readFileSync(path());
  await expect(openJournal(folder, { base: 'sorting 2' })).rejects.toThrow('was made on another sorting');
  const journal = await openJournal(folder, { base: 'sorting 2', otherBase: 'setAside' });
  expect(journal.events).toEqual([]);
  expect(readFileSync(path())).toEqual(before);
  await journal.append(undo);
  await journal.close();
  const aside = readdirSync(inside('')).find((name) => name.startsWith('curation-'));
  expect(readFileSync(inside(aside ?? ''))).toEqual(before);
  expect((await openJournal(folder, { base: 'sorting 2' })).events).toEqual([undo]);
});

test('a file changed or deleted under us is told, and nothing acknowledged is lost', async () => {
  const journal = await openJournal(folder, { base });
  await journal.append(merge);
  rmSync(path());
  await expect(journal.append(undo)).rejects.toThrow('another program deleted it');
  await expect(journal.append(undo)).rejects.toThrow('cannot write');
  expect(journal.unsafe).toBe('another program deleted it');
  const other = join(folder, 'other');
  const saved = await journal.saveTo(other);
  await saved.append(undo);
  await saved.close();
  await expect(journal.append(undo)).rejects.toThrow('was closed');
  expect((await openJournal(other, { base })).events).toEqual([merge, undo]);
});

test('saving elsewhere never writes over a curation', async () => {
  await written(merge);
  const journal = await openJournal(join(folder, 'new'), { base });
  await expect(journal.saveTo(folder)).rejects.toThrow('exists already');
});

test('links are not followed', async () => {
  await mkdir(inside(''));
  writeFileSync(join(folder, 'victim'), '');
  symlinkSync(join(folder, 'victim'), path());
  await expect(openJournal(folder, { base })).rejects.toThrow('is not a curation file');
  rmSync(inside(''), { recursive: true });
  symlinkSync(tmpdir(), inside(''));
  await expect(openJournal(folder, { base })).rejects.toThrow('is a link or a file');
});

test('only edits are written, so that what is written can be read', async () => {
  const journal = await openJournal(folder, { base });
  await expect(journal.append({ type: 'merge', unitIds: [], into: 3 })).rejects.toThrow('not an edit');
  expect(existsSync(inside(''))).toBe(false);
});

// root may write anywhere
test.skipIf(process.getuid?.() === 0)('from a read-only folder the curation goes on elsewhere', async () => {
  await written(merge);
  const elsewhere = join(folder, 'elsewhere');
  const options = { base, elsewhere };
  chmodSync(inside(''), 0o555);
  chmodSync(path(), 0o444);
  const before = statSync(path());
  const journal = await openJournal(folder, options);
  expect([journal.events, existsSync(elsewhere)]).toEqual([[merge], false]);
  expect(journal.warnings[0]).toContain('is read-only: the curation is kept in');
  await journal.append(undo);
  await journal.close();
  expect((await openJournal(folder, options)).events).toEqual([merge, undo]);
  expect(statSync(path()).mtimeMs).toBe(before.mtimeMs);
  chmodSync(inside(''), 0o755);
});
