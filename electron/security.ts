import type { App, Session, WebContents, WebPreferences } from 'electron';

/*
 * What the page may do. Everything is refused unless named here; each rule has its test in security.test.ts or, where
 * only the running app can prove it, in e2e/security.spec.ts.
 */

export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://spikedesk`;
export const PAGE_URL = `${ORIGIN}/index.html`;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'", // the page has no worker; one would need a policy of that name
].join('; ');

/** Sent with every answer of our scheme, also with 404. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

export const WEB_PREFERENCES: Readonly<WebPreferences> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  spellcheck: false,
};

/** Hosts the user may be sent to in the browser. */
const EXTERNAL_HOSTS: readonly string[] = [
  'github.com',
  'spikeinterface.readthedocs.io',
  'phy.readthedocs.io',
  'probeinterface.readthedocs.io',
];

export function mayOpenExternal(url: unknown): url is string {
  if (typeof url !== 'string' || url.length > 2000 || !URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false;
  return EXTERNAL_HOSTS.includes(hostname);
}

export function mayRequest(url: string): boolean {
  return url.startsWith(`${ORIGIN}/`) || url.startsWith(`blob:${ORIGIN}/`) || url.startsWith('devtools://');
}

/** The parts of an IPC event that say who sent it. */
export interface Sender {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** Only the main frame of one of our windows (by the id of its contents), showing our page, is answered. */
export function isOurPage(event: Sender, windows: { has(id: number): boolean }): boolean {
  const frame = event.senderFrame;
  if (!frame || !windows.has(event.sender.id)) return false;
  return frame.parent === null && withoutHash(frame.url) === PAGE_URL;
}

function withoutHash(url: string): string {
  const at = url.indexOf('#');
  return at < 0 ? url : url.slice(0, at);
}

export function secureSession(session: Session): void {
  session.setSpellCheckerLanguages([]); // Chromium would fetch their dictionaries from a Google host
  session.setSpellCheckerEnabled(false);
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayRequest(url) }));
  session.on('will-download', (event) => event.preventDefault());
}

/** No page navigates, opens a window or attaches a webview, whichever window it is in. */
export function secureContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
