import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { answerRequest, listPageFiles } from './pageFiles.ts';
import { ORIGIN, PAGE_HEADERS } from './security.ts';

const folder = mkdtempSync(join(tmpdir(), 'spikedesk-page-'));
mkdirSync(join(folder, 'page/assets'), { recursive: true });
writeFileSync(join(folder, 'secret.js'), 'secret');
writeFileSync(join(folder, 'page/index.html'), '<!doctype html>');
writeFileSync(join(folder, 'page/assets/main.js'), 'run()');
writeFileSync(join(folder, 'page/assets/main.js.map'), '{}');
symlinkSync(join(folder, 'secret.js'), join(folder, 'page/link.js'));
const files = listPageFiles(join(folder, 'page'));
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (url: string, method = 'GET') => answerRequest(files, { url, method });

test('a listed file is given with its type and the policy', async () => {
  const answer = await ask(`${ORIGIN}/assets/main.js`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('run()');
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  for (const [name, value] of Object.entries(PAGE_HEADERS)) expect(answer.headers.get(name)).toBe(value);
});

test('whatever is not listed is 404, with the policy too', async () => {
  const urls = [
    '/',
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/..\\secret.js',
    '/assets\\main.js',
    '/index.html%00.js',
    '/index.html\0',
    '/INDEX.HTML',
    '/index.html?x',
    '//index.html',
    '/./index.html',
    '/link.js',
    '/assets/main.js.map',
    '/assets',
    `/${'a'.repeat(2048)}`,
  ];
  for (const url of urls) {
    const answer = await ask(ORIGIN + url);
    expect(answer.status, url).toBe(404);
    expect(answer.headers.get('content-security-policy')).toBe(PAGE_HEADERS['content-security-policy']);
  }
  for (const method of ['POST', 'PUT', 'HEAD', 'DELETE'])
    expect((await ask(`${ORIGIN}/index.html`, method)).status).toBe(404);
  for (const origin of ['app://other', 'file://', 'https://spikedesk'])
    expect((await ask(`${origin}/index.html`)).status).toBe(404);
});
