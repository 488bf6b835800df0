import { expect, test } from 'vitest';
import { isOurPage, mayOpenExternal, mayRequest, ORIGIN, PAGE_HEADERS, PAGE_URL, type Sender } from './security.ts';

test('the policy is the one of the security table: nothing evaluated, nothing inline, nothing from elsewhere', () => {
  expect(PAGE_HEADERS['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
      "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types 'none'",
  );
  expect(PAGE_HEADERS['cross-origin-opener-policy']).toBe('same-origin');
  expect(PAGE_HEADERS['cross-origin-embedder-policy']).toBe('require-corp');
});

test('only https pages on listed hosts open in the browser', () => {
  expect(mayOpenExternal('https://spikeinterface.readthedocs.io/en/latest/')).toBe(true);
  const refused = [
    'http://github.com/',
    'https://github.com.evil.org/',
    'https://evil.org/github.com',
    'https://user:word@github.com/',
    'https://github.com:8443/',
    'file:///etc/passwd',
    'smb://host/share',
    '\\\\host\\share',
    '//github.com/',
    'javascript:alert(1)',
    'ms-settings:privacy',
    'data:text/html,x',
    `https://github.com/${'a'.repeat(3000)}`,
    'not a url',
    '',
  ];
  for (const url of refused) expect(mayOpenExternal(url), url).toBe(false);
  for (const url of [undefined, 7, {}, ['https://github.com/'], new URL('https://github.com/')])
    expect(mayOpenExternal(url)).toBe(false);
});

test('the page may ask our scheme only', () => {
  expect(mayRequest(PAGE_URL)).toBe(true);
  expect(mayRequest(`blob:${ORIGIN}/1`)).toBe(true);
  for (const url of [
    'https://example.org/',
    'file:///etc/passwd',
    'app://other/index.html',
    `${ORIGIN}.org/`,
    'ws://x/',
  ])
    expect(mayRequest(url), url).toBe(false);
});

function sender(id: number, url: string, parent: unknown = null): Sender {
  return { sender: { id }, senderFrame: { url, parent } };
}

test('only the main frame of a window of ours on our page is answered', () => {
  const windows = new Set([3]);
  expect(isOurPage(sender(3, PAGE_URL), windows)).toBe(true);
  expect(isOurPage(sender(3, `${PAGE_URL}#curate`), windows)).toBe(true);
  const forged = [
    sender(4, PAGE_URL),
    sender(3, PAGE_URL, {}),
    sender(3, 'about:blank'),
    sender(3, ''),
    sender(3, `${PAGE_URL}?x`),
    sender(3, `${ORIGIN}/other.html`),
    sender(3, 'app://spikedesk.org/index.html'),
    sender(3, 'https://spikedesk/index.html'),
    { sender: { id: 3 }, senderFrame: null },
  ];
  for (const event of forged) expect(isOurPage(event, windows)).toBe(false);
});
