import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { boundaryFaults } from './boundaries.mjs';
import { capture, root } from './processes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'spikedesk-boundaries-'));
afterAll(() => rmSync(folder, { recursive: true }));

function plant(path, ...imports) {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), imports.map((from, i) => `import { x${i} } from '${from}';\n`).join(''));
}

/** What Biome says of the planted files with our biome.json: `path: import`, sorted. */
function violations(planted) {
  for (const [path, imports] of Object.entries(planted)) plant(path, ...imports);
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none'];
  const { stdout } = capture(process.execPath, args, { cwd: folder });
  const found = JSON.parse(stdout).diagnostics.filter((d) => d.category === 'lint/style/noRestrictedImports');
  return found.map((d) => `${d.location.path}: ${planted[d.location.path][d.location.start.line - 1]}`).sort();
}

const ALLOWED = {
  'core/shared/ok.ts': ['zod', './sorting.ts'],
  'core/open.ts': ['./formats/index.ts', 'node:fs'],
  'core/formats/ok.ts': ['../shared/recording.ts', '../store/npy.ts', 'node:fs/promises'],
  'core/formats/ok.test.ts': ['vitest', '../preprocess/index.ts'],
  'core/preprocess/ok.ts': ['../compute/blocks.ts', 'ml-matrix'],
  'core/analyzer/extensions/ok.ts': ['../extension.ts', '../collect/spikes.ts', '../../shared/sorting.ts'],
  'core/sorters/spikedesk/ok.ts': ['../sorter.ts', './detect.ts', '../../shared/progress.ts'],
  'core/api/ok.ts': ['../pipeline/plan.ts', '../formats/index.ts'],
  'electron/ok.ts': ['electron', '../core/api/index.ts', 'node:path'],
  'renderer/ok.tsx': ['react', 'react-dom/client', './state/session.ts', '../core/shared/api.ts'],
  'renderer/views/ok.ts': ['../gl/mark.ts', '../../core/shared/api.ts', 'd3-scale', './axis.ts'],
  'e2e/ok.spec.ts': ['./launch.ts', 'playwright/test', 'node:fs'],
  'e2e/conformance/ok.ts': ['../../core/open.ts'],
};

const REFUSED = {
  'core/shared/bad.ts': ['node:fs', '../store/npy.ts', 'react', 'ml-matrix'],
  'core/api/bad.ts': ['electron', '../../renderer/commands.ts', '../../electron/ports.ts', 'react', 'some-package'],
  'core/formats/bad.ts': ['../preprocess/index.ts', '../open.ts', '../pipeline/plan.ts', '../analyzer/analyzer.ts'],
  'core/metrics/bad.ts': ['../analyzer/extensions/index.ts', '../compute/pool.ts', 'electron'],
  'core/analyzer/extensions/bad.ts': ['../../metrics/index.ts', '../../api/index.ts'],
  'core/sorters/spikedesk/bad.ts': ['../../preprocess/index.ts', '../../exporters/phy.ts'],
  'electron/bad.ts': ['../renderer/commands.ts', 'react', 'dockerode'],
  'renderer/bad.ts': [
    'node:fs',
    'electron',
    '../core/open.ts',
    '../core/api/index.ts',
    '../electron/channels.ts',
    'lodash',
  ],
  'renderer/views/bad.ts': ['react', 'zustand', '../state/session.ts', '../panels/Dock.tsx', '../data/port.ts', 'regl'],
  'e2e/bad.spec.ts': ['../core/open.ts', '../renderer/commands.ts', 'electron'],
};

test('every planted violation of the import rules is found, and nothing else', () => {
  const expected = Object.entries(REFUSED).flatMap(([path, imports]) => imports.map((from) => `${path}: ${from}`));
  expect(violations({ ...ALLOWED, ...REFUSED })).toEqual(expected.sort());
});

test('an entry that imports another entry of its list is found', () => {
  plant('core/exporters/index.ts', './one.ts', './two.ts');
  plant('core/exporters/one.ts', './tables.ts', './two.ts');
  plant('core/exporters/two.ts', './tables.ts');
  plant('core/kernels/median.ts', './round.ts', '../shared/sorting.ts');
  expect(boundaryFaults(folder)).toEqual([
    'core/exporters/one.ts imports ./two.ts: an entry of a list never imports another',
    'core/kernels/median.ts imports ../shared/sorting.ts: kernels import kernels only',
  ]);
});
