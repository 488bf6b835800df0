import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright/test';
import { appFolder, expect, launch, test } from './launch.ts';

const PAGE_URL = 'app://spikedesk/index.html';

async function windowCount(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

test("Chromium's sandbox holds the page", async ({ desk: { app } }) => {
  const { pids, versions } = await app.evaluate(({ app }) => ({
    pids: app
      .getAppMetrics()
      .filter((metric) => metric.type === 'Tab')
      .map((metric) => metric.pid),
    versions: process.versions,
  }));
  console.log(`Electron ${versions.electron}, Chromium ${versions.chrome}`);
  expect(pids.length).toBeGreaterThan(0);
  for (const pid of pids) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    expect(status).toMatch(/^Seccomp:\t2$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(status).toMatch(/^NSpid:(\t\d+){3}$/m);
  }
});

test('the window is isolated, without Node, and given these functions only', async ({ desk: { app, page } }) => {
  const seen = await page.evaluate(() => ({
    types: [
      typeof Reflect.get(window, 'require'),
      typeof Reflect.get(window, 'process'),
      typeof Reflect.get(window, 'module'),
    ],
    buffer: typeof Reflect.get(window, 'Buffer'),
    isolated: window.crossOriginIsolated,
    desktop: Object.keys(window.spikedesk ?? {}).sort(),
    frozen: Object.isFrozen(window.spikedesk),
  }));
  expect(seen).toEqual({
    types: ['undefined', 'undefined', 'undefined'],
    buffer: 'undefined',
    isolated: true,
    desktop: [
      'connect',
      'copyText',
      'notify',
      'openExternal',
      'pathOf',
      'pick',
      'reload',
      'savePicture',
      'showInFolder',
    ],
    frozen: true,
  });
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return Reflect.get(contents ?? {}, 'getLastWebPreferences')?.call(contents);
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  expect(preferences.webSecurity).toBe(true);
  for (const name of [
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'plugins',
  ])
    expect(preferences[name] || false, name).toBe(false);
});

test('the page draws with no violation of its policy', async ({ desk: { page } }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Reflect.set(window, 'violations', seen);
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => void window.spikedesk?.reload())]);
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(await page.evaluate(() => Reflect.get(window, 'violations'))).toEqual([]);
});

test('code from strings, inline code and things from elsewhere are refused', async ({ desk: { page } }) => {
  // As a task of the page's own: inside Playwright's evaluate the policy on strings does not hold.
  const results = await page.evaluate(async () => {
    const later = <T>(task: () => T | Promise<T>) =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            Promise.resolve(task()).then(
              (value) => resolve(`ran ${value}`),
              (error: unknown) => resolve(`refused ${error instanceof Error ? error.name : error}`),
            );
          } catch (error) {
            resolve(`refused ${error instanceof Error ? error.name : error}`);
          }
        });
      });
    const loads = (element: HTMLElement, set: () => void) => () =>
      new Promise((resolve, reject) => {
        document.addEventListener('securitypolicyviolation', () => reject(new Error('blocked')), { once: true });
        set();
        document.body.append(element);
        setTimeout(() => resolve('without a violation'), 1000);
      });
    const ran = (name: string) => (Reflect.get(window, name) ? 'inline' : Promise.reject(new Error('did not run')));
    const image = new Image();
    const style = document.createElement('style');
    const inline = document.createElement('script');
    const script = document.createElement('script');
    const frame = document.createElement('iframe');
    const object = document.createElement('object');
    const indirect = Reflect.get(window, 'eval');
    return {
      eval: await later(() => indirect('1 + 1')),
      Function: await later(() =>
        Reflect.apply(Reflect.construct(Reflect.get(window, 'Function'), ['return 1']), undefined, []),
      ),
      asyncFunction: await later(() =>
        Reflect.apply(Reflect.construct(Object.getPrototypeOf(async () => 0).constructor, ['return 1']), undefined, []),
      ),
      timerString: await later(() => {
        Reflect.apply(setTimeout, window, ['window.fromTimer = 1']);
        return new Promise((resolve) => setTimeout(resolve, 50)).then(() => ran('fromTimer'));
      }),
      innerHTML: await later(() => {
        document.createElement('div').innerHTML = '<b>x</b>';
      }),
      inlineScript: await later(() => {
        inline.append('window.fromInline = 1');
        document.body.append(inline);
        return ran('fromInline');
      }),
      attribute: await later(() => {
        const button = document.createElement('button');
        button.setAttribute('onclick', 'window.fromAttribute = 1');
        button.click();
        return ran('fromAttribute');
      }),
      scriptSource: await later(() => {
        script.src = 'https://example.org/x.js';
      }),
      dataModule: await later(() => {
        const source: string = 'data:text/javascript,export default 1';
        return import(source);
      }),
      dataWorker: await later(() => new Worker('data:text/javascript,1')),
      blobWorker: await later(() => new Worker(URL.createObjectURL(new Blob(['1'])))),
      serviceWorker: await later(() => navigator.serviceWorker.register('/index.html')),
      fetch: await later(() => fetch('https://example.org/')),
      otherHost: await later(() => fetch('app://other/index.html')),
      file: await later(() => fetch('file:///etc/passwd')),
      beacon: await later(
        () => navigator.sendBeacon('https://example.org/', 'x') && Promise.reject(new Error('not sent')),
      ),
      socket: await later(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket('wss://example.org/');
            socket.onopen = resolve;
            socket.onerror = () => reject(new Error('blocked'));
          }),
      ),
      image: await later(loads(image, () => image.setAttribute('src', 'https://example.org/x.png'))),
      style: await later(() => {
        style.append('body { --planted: 1 }');
        document.head.append(style);
        const planted = getComputedStyle(document.body).getPropertyValue('--planted');
        return planted || Promise.reject(new Error('not applied'));
      }),
      frame: await later(loads(frame, () => frame.setAttribute('src', 'https://example.org/'))),
      object: await later(loads(object, () => object.setAttribute('data', 'https://example.org/'))),
      wasm: await later(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
    };
  });
  for (const [name, result] of Object.entries(results)) expect(result, name).toMatch(/^refused/);
});

test('the page cannot be led elsewhere and opens no window', async ({ desk: { app, page } }) => {
  await page.evaluate(() => Reflect.set(window, 'marker', 'still here'));
  const tricks: Record<string, () => unknown> = {
    href: () => Reflect.set(location, 'href', 'https://example.org/'),
    assign: () => location.assign('https://example.org/'),
    replace: () => location.replace('file:///etc/passwd'),
    otherPage: () => location.assign('app://other/index.html'),
    missing: () => location.assign('/nothing.html'),
    data: () => location.assign('data:text/html,x'),
    blob: () => location.assign(URL.createObjectURL(new Blob(['x'], { type: 'text/html' }))),
    script: () => location.assign('javascript:void(document.title = "led")'),
    link: () =>
      Object.assign(document.body.appendChild(document.createElement('a')), { href: 'https://example.org/' }).click(),
    blank: () =>
      Object.assign(document.body.appendChild(document.createElement('a')), {
        href: 'https://example.org/',
        target: '_blank',
      }).click(),
    download: () =>
      Object.assign(document.body.appendChild(document.createElement('a')), {
        href: '/index.html',
        download: 'x',
      }).click(),
    form: () =>
      Object.assign(document.body.appendChild(document.createElement('form')), {
        action: 'https://example.org/',
      }).submit(),
    refresh: () => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = '0;url=https://example.org/';
      document.head.append(meta);
    },
    open: () => window.open('https://example.org/'),
    openBlank: () => window.open('about:blank'),
    openOurs: () => window.open('/index.html'),
    webview: () => {
      const webview = document.createElement('webview');
      webview.setAttribute('src', 'https://example.org/');
      document.body.append(webview);
    },
  };
  for (const [name, trick] of Object.entries(tricks)) {
    await page.evaluate(trick).catch(() => {});
    await page.waitForTimeout(150);
    expect(page.url(), name).toBe(PAGE_URL);
    expect(await page.evaluate(() => Reflect.get(window, 'marker')), name).toBe('still here');
    expect(await windowCount(app), name).toBe(1);
    expect(await page.evaluate(() => document.title), name).toBe('Spikedesk');
  }
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test('every permission is denied', async ({ desk: { page } }) => {
  const states = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'clipboard-write',
      'persistent-storage',
      'idle-detection',
      'screen-wake-lock',
      'local-fonts',
      'storage-access',
      'window-management',
    ];
    const found: Record<string, string> = {};
    for (const name of names)
      found[name] = await Reflect.apply(navigator.permissions.query, navigator.permissions, [{ name }]).then(
        (status: PermissionStatus) => status.state,
        (error: Error) => error.name,
      );
    return found;
  });
  for (const [name, state] of Object.entries(states)) expect(state, name).toBe('denied');
  const asked = await page.evaluate(async () => {
    const none = (value: unknown) => Array.isArray(value) && value.length === 0;
    const outcome = (promise: Promise<unknown>) =>
      promise.then(
        (value) => (none(value) ? 'refused: none given' : `got ${value}`),
        (error: Error) => `refused ${error.name}`,
      );
    const call = (owner: string, method: string, ...args: unknown[]) => {
      const target = Reflect.get(navigator, owner);
      return target
        ? outcome(Promise.resolve().then(() => Reflect.get(target, method).apply(target, args)))
        : 'refused: not there';
    };
    return {
      location: await outcome(
        new Promise((resolve, reject) =>
          navigator.geolocation.getCurrentPosition(resolve, (e) => reject(new Error(e.message))),
        ),
      ),
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: await outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await outcome(navigator.mediaDevices.getDisplayMedia({ video: true })),
      midi: await outcome(navigator.requestMIDIAccess({ sysex: true })),
      readClipboard: await outcome(navigator.clipboard.readText()),
      writeClipboard: await outcome(navigator.clipboard.writeText('x')),
      usb: await call('usb', 'requestDevice', { filters: [] }),
      hid: await call('hid', 'requestDevice', { filters: [] }),
      serial: await call('serial', 'requestPort'),
      bluetooth: await call('bluetooth', 'requestDevice', { acceptAllDevices: true }),
    };
  });
  for (const [name, result] of Object.entries(asked)) expect(result, name).toMatch(/^refused/);
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
});

test('our scheme gives the listed files and nothing else', async ({ desk: { app, page } }) => {
  const paths = [
    '/../main.mjs',
    '/%2e%2e/main.mjs',
    '/..%2fmain.mjs',
    '/assets/..%2f..%2fmain.mjs',
    '/..\\main.mjs',
    '/..%5cmain.mjs',
    '/index.html%00',
    '/INDEX.HTML',
    '/main.mjs',
    '/etc/passwd',
    '//etc/passwd',
    `/${'a'.repeat(2048)}`,
    '/',
  ];
  const fromPage = await page.evaluate(
    (list) => Promise.all(list.map(async (path) => (await fetch(`app://spikedesk${path}`)).status)),
    paths,
  );
  expect(fromPage).toEqual(paths.map(() => 404));
  const fromMain = await app.evaluate(
    ({ net }, list) => Promise.all(list.map(async (path) => (await net.fetch(`app://spikedesk${path}`)).status)),
    paths,
  );
  expect(fromMain).toEqual(paths.map(() => 404));
  const [page200, post] = await page.evaluate(async () => [
    (await fetch('/index.html')).status,
    (await fetch('/index.html', { method: 'POST' })).status,
  ]);
  expect([page200, post]).toEqual([200, 404]);
});

/** Asks for a port in a page and says whether one came. */
const askForPort = () =>
  new Promise<string>((resolve) => {
    window.addEventListener('message', (event) => event.ports[0] && resolve('port'), { once: true });
    window.spikedesk?.connect();
    setTimeout(() => resolve('nothing'), 500);
  });

test('a port and the desktop functions are given to our page only', async ({ desk: { app, page } }) => {
  expect(await page.evaluate(askForPort)).toBe('port');
  const foreign = ['app://spikedesk/index.html', 'about:blank'];
  for (const url of foreign) {
    const answers = await app.evaluate(
      async ({ BrowserWindow }, { url, preload, ask }) => {
        const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, preload } });
        await window.loadURL(url);
        const port: unknown = await window.webContents.executeJavaScript(`(${ask})()`);
        const copied: unknown = await window.webContents.executeJavaScript(
          "window.spikedesk.copyText('x').then(() => 'copied', (error) => error.message)",
        );
        window.destroy();
        return { port, copied };
      },
      { url, preload: join(appFolder, 'dist/preload.cjs'), ask: String(askForPort) },
    );
    expect(answers.port, url).toBe('nothing');
    expect(answers.copied, url).toMatch(/refused: not from our page/);
  }
  await page.evaluate(() => history.pushState(undefined, '', '/elsewhere.html'));
  expect(await page.evaluate(askForPort)).toBe('nothing');
});

test('nonsense from the page has no effect and does not end the app', async ({ desk: { app, page } }) => {
  const outcomes = await page.evaluate(async () => {
    const deep: unknown[] = [];
    for (let at = deep, i = 0; i < 500; i++) {
      const next: unknown[] = [];
      at.push(next);
      at = next;
    }
    const junk: unknown[] = [
      undefined,
      null,
      0,
      Number.NaN,
      '',
      'x'.repeat(100_000),
      [],
      {},
      deep,
      { kind: 'file' },
      { kind: 'disk', title: '' },
      { title: 7 },
      { __proto__: { kind: 'file', title: 'x' } },
      new Uint8Array(1000),
      new Date(),
      2n ** 70n,
    ];
    const accepted: string[] = [];
    for (const name of ['pick', 'notify', 'savePicture'])
      for (const value of junk)
        for (let repeat = 0; repeat < 20; repeat++)
          await Reflect.get(
            window.spikedesk ?? {},
            name,
          )(value).then(
            () => accepted.push(`${name} ${typeof value}`),
            () => {},
          );
    for (const value of junk)
      if ((await Reflect.apply(window.spikedesk?.openExternal ?? String, undefined, [value])) !== false)
        accepted.push('openExternal');
    return accepted;
  });
  expect(outcomes).toEqual([]);
  expect(await windowCount(app)).toBe(1);
  expect(await page.evaluate(askForPort)).toBe('port');
});

test('what the page does to the built-in objects does not reach the preload', async ({ desk: { page } }) => {
  const answer = await page.evaluate(async () => {
    const seen: unknown[] = [];
    const spy = function spy(this: unknown) {
      seen.push(this);
      return [];
    };
    for (const name of ['map', 'push', 'call', 'apply'] as const)
      Reflect.set(name in [] ? Array.prototype : Function.prototype, `own${name}`, spy);
    Object.defineProperty(Object.prototype, 'send', { get: spy, configurable: true });
    Object.defineProperty(Object.prototype, 'invoke', { get: spy, configurable: true });
    const opened = await window.spikedesk?.openExternal('file:///etc/passwd');
    return { opened, seen: seen.length };
  });
  expect(answer).toEqual({ opened: false, seen: 0 });
});

test('not one request leaves the computer', async ({ home }) => {
  const log = join(home, 'net.json');
  const desk = await launch(home, [`--log-net-log=${log}`]);
  await desk.page.waitForTimeout(3000);
  await desk.page.evaluate(() => fetch('https://example.org/').catch(() => {}));
  await desk.close();
  expect(existsSync(log)).toBe(true);
  const text = readFileSync(log, 'utf8');
  expect(text).toContain('"clientInfo"');
  const asked = [...text.matchAll(/"(?:url|host|hostname|qname|group_id)":"([^"]+)"/g)].map((match) => match[1]);
  expect(asked).toEqual([]);
});
