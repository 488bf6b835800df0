import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserError } from '../shared/errors.ts';
import { sessionSchema } from '../shared/session.ts';
import { z } from '../shared/zod.ts';
import { parseSession, readSession } from './sessionFile.ts';

const least = { spikedesk: 1, recording: { format: 'binary', paths: ['a.raw'] } };

function refusal(value: unknown): UserError {
  try {
    parseSession(value, '/data/session.json');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

test('what is left out has its default', () => {
  const session = parseSession(least, 'session.json');
  expect(session.preprocess).toEqual([]);
  expect(session.analyzer.sparsity).toEqual({ method: 'radius', radius_um: 100 });
  expect(parseSession({ ...least, preprocess: [{ step: 'whiten' }] }, 'session.json').preprocess).toEqual([
    { step: 'whiten', params: {}, enabled: true },
  ]);
});

test('a file of a newer version is refused with both numbers', () => {
  expect(refusal({ ...least, spikedesk: 7, whatever: true }).message).toMatch(/version 7.*up to 1/);
});

test('a slip in a field name is told with the nearest known one', () => {
  expect(refusal({ ...least, preproces: [] }).hint).toBe('Did you mean "preprocess"?');
  const nested = refusal({ ...least, analyzer: { sparsity: { radius: 3 } } });
  expect(nested.message).toBe('session.json, analyzer.sparsity: unknown field "radius"');
  expect(nested.hint).toBe('Did you mean "radius_um"?');
  expect(refusal({ ...least, preprocess: [{ step: 'whiten', param: {} }] }).hint).toBe('Did you mean "params"?');
});

test('a wrong value is told with its place', () => {
  expect(refusal({ ...least, recording: { format: 'binary', paths: 'a.raw' } }).message).toMatch(/recording\.paths/);
  expect(refusal({ ...least, probe: { generator: 3 } }).message).toMatch(/probe/);
  expect(refusal([]).message).toMatch(/not a Spikedesk session/);
});

test('a missing file and broken JSON name the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'session-'));
  const path = join(folder, 'ses sion#é.json');
  await expect(readSession(path)).rejects.toThrow(path);
  await writeFile(path, '{"spikedesk": 1,');
  await expect(readSession(path)).rejects.toThrow(`${path} is not JSON`);
  await rm(folder, { recursive: true });
});

// `npx vitest run core/pipeline -u` writes it anew.
test('resources/session.schema.json is the schema', async () => {
  const schema = { title: 'Spikedesk session', ...z.toJSONSchema(sessionSchema, { io: 'input' }) };
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot('../../resources/session.schema.json');
});
