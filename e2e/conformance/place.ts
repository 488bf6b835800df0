import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GoldenPlace } from './area.ts';

/** Beside the checkout, or where SPIKEDESK_SHARED says; undefined if neither has golden numbers. */
export function sharedFolder(checkout: string): string | undefined {
  const shared = process.env.SPIKEDESK_SHARED ?? join(checkout, '..', 'shared');
  return existsSync(join(shared, 'golden', 'files.json')) ? shared : undefined;
}

/** With a scratch folder, removed by `close`. */
export function openPlace(shared: string): GoldenPlace & { close(): void } {
  const scratch = mkdtempSync(join(tmpdir(), 'spikedesk-conformance-'));
  const controller = new AbortController();
  return {
    golden: join(shared, 'golden'),
    data: async () => unpacked(join(shared, 'data.tar.xz')),
    scratch,
    signal: controller.signal,
    close() {
      controller.abort();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** data.tar.xz in a cache named by its size and time, so that it is unpacked once a machine. */
function unpacked(archive: string): string {
  const { size, mtimeMs } = statSync(archive);
  const cache = join(tmpdir(), `spikedesk-data-${size}-${Math.floor(mtimeMs)}`);
  if (!existsSync(cache)) {
    const partial = mkdtempSync(`${cache}-partial-`);
    execFileSync('tar', ['xJf', archive, '-C', partial], { stdio: 'inherit' });
    try {
      renameSync(partial, cache);
    } catch (error) {
      if (!existsSync(cache)) throw error; // another run was faster
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return existsSync(join(cache, 'data')) ? join(cache, 'data') : cache;
}
