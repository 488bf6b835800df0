/*
 * Builds into dist/:   node build.mjs           everything
 *                      node build.mjs core      what runs without a window
 *                      node build.mjs desktop   the window only
 *
 * All bundles lie flat, side by side, so each finds its neighbours the same way, in a checkout and in a package:
 *   new URL('./worker.mjs', import.meta.url), new URL('./kernels.wasm', import.meta.url)
 *
 *   dist/cli.mjs        core/cli/main.ts          plain Node
 *   dist/worker.mjs     core/compute/worker.ts    worker_threads of cli.mjs and main.mjs
 *   dist/main.mjs       electron/main.ts          Electron's main process
 *   dist/preload.cjs    electron/preload.ts       the sandboxed preload (CommonJS is all it may be)
 *   dist/numcodecs.mjs  core/store/numcodecs.ts   what zarr is packed with, loaded where it is needed
 *   dist/kernels.wasm   core/kernels/index.ts     AssemblyScript
 *   dist/renderer/      renderer/                 the page, by vite
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const at = (...path) => join(root, ...path);

/** `import('./numcodecs.ts')` stays an import, of the bundle beside. */
const apart = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /\/numcodecs\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './numcodecs.mjs', external: true } : undefined,
    );
  },
};

/** A bundle for Node. CommonJS packages inside an ES module still call `require`: give them one. */
export async function bundle(entry, outfile, options = {}) {
  const esm = !outfile.endsWith('.cjs');
  await esbuild.build({
    entryPoints: [at(entry)],
    outfile: at(outfile),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: esm ? 'esm' : 'cjs',
    external: ['electron', '*.node'],
    plugins: [apart],
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent', // what goes wrong is thrown, with file and line
    ...(esm && {
      banner: {
        js: "import { createRequire as __require } from 'node:module'; const require = __require(import.meta.url);",
      },
    }),
    ...options,
  });
}

async function kernels() {
  const { default: asc } = await import('assemblyscript/asc');
  const options = ['--runtime', 'stub', '--importMemory', '--enable', 'simd', '-O3'];
  const out = ['--outFile', 'dist/kernels.wasm'];
  const { error, stderr } = await asc.main(['core/kernels/index.ts', ...out, ...options, '--baseDir', root]);
  if (error) throw new Error(`core/kernels: ${error.message}\n${stderr.toString()}`);
}

async function core() {
  mkdirSync(dist, { recursive: true });
  await Promise.all([
    kernels(),
    bundle('core/compute/worker.ts', 'dist/worker.mjs'),
    bundle('core/cli/main.ts', 'dist/cli.mjs'),
    bundle('core/store/numcodecs.ts', 'dist/numcodecs.mjs'),
  ]);
}

/** regl's generated draw code, made by running every command against a mock: the page's policy forbids making it there. */
async function drawingCode() {
  await bundle('renderer/gl/buildCache.ts', 'dist/build/buildCache.mjs');
  execFileSync(process.execPath, [join(dist, 'build/buildCache.mjs')], { cwd: root, stdio: 'inherit' });
}

async function page() {
  await drawingCode();
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  await build({
    root: at('renderer'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(dist, 'renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0, // the page's policy has no data: URLs
      chunkSizeWarningLimit: 4000,
      // The gallery draws each mark alone, for e2e/marks.spec.ts; packages leave it out.
      rollupOptions: { input: [at('renderer/index.html'), at('renderer/gallery.html')] },
    },
  });
}

async function desktop() {
  await Promise.all([
    bundle('electron/main.ts', 'dist/main.mjs'),
    bundle('electron/preload.ts', 'dist/preload.cjs'),
    page(),
  ]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [what = 'all'] = process.argv.slice(2);
  try {
    if (what !== 'desktop') await core();
    if (what !== 'core') await desktop();
  } catch (error) {
    console.error(error.message); // esbuild, vite and asc say file, line and cause in it
    process.exitCode = 1;
  }
}
