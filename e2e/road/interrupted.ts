import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { must, type RoadCheck } from './check.ts';
import { cli, startCli } from './cli.ts';
import { makeToy } from './toy.ts';
import { treeHash } from './tree.ts';

/** Longer than the toy, so that there is time to interrupt it: the demo. */
async function makeDemo(folder: string, data: string): Promise<void> {
  const running = startCli(['demo', '--folder', folder], data);
  await until(() => /sort: /.test(running.stdout()), running.ended);
  running.child.kill('SIGINT');
  const { code, stderr } = await running.ended;
  must(code === 130, `Ctrl+C ended with ${code}: ${stderr}`);
}

async function until(holds: () => boolean, ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!holds()) {
    must(!over, 'it ended before it could be interrupted');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const cancel: RoadCheck = {
  name: 'Ctrl+C leaves nothing half-made',
  async run(place) {
    const folder = join(place.scratch, 'demo');
    const started = performance.now();
    await makeDemo(folder, join(place.scratch, 'data'));
    const names = readdirSync(folder).sort();
    must(names.join() === 'ground_truth,recording,session.json', `left: ${names}`);
    return `exit code 130, ${names.length} entries as before, ${((performance.now() - started) / 1000).toFixed(1)} s`;
  },
};

const twoStarts: RoadCheck = {
  name: 'two starts on one session',
  async run(place) {
    const folder = join(place.scratch, 'demo');
    const data = join(place.scratch, 'data');
    const first = startCli(['run', folder], data);
    await until(() => /sort: /.test(first.stdout()), first.ended);
    const second = await cli(['run', folder], data);
    must(second.code === 1, `the second ended with ${second.code}`);
    must(/in use by another Spikedesk \(process \d+/.test(second.stderr), second.stderr);
    must(second.stderr.includes(folder), `it does not name the folder: ${second.stderr}`);
    first.child.kill('SIGKILL');
    await first.ended;
    const third = startCli(['run', folder], data);
    await until(() => /sort: /.test(third.stdout()), third.ended);
    third.child.kill('SIGINT');
    const { code, stderr } = await third.ended;
    must(code === 130, `after a kill -9 of the first, the next ended with ${code}: ${stderr}`);
    const left = readdirSync(folder).filter((name) => !['ground_truth', 'recording', 'session.json'].includes(name));
    // kill -9 may leave what it was building; it is hidden, and the lock's folder is gone.
    must(
      left.every((name) => name.startsWith('.sorting.partial-')),
      `left: ${left}`,
    );
    return second.stderr.trim().slice(0, 90);
  },
};

const fullDisk: RoadCheck = {
  name: 'disk full during a save',
  async run(place) {
    const data = join(place.scratch, 'data');
    const model = join(place.scratch, 'model');
    await makeToy(model);
    const disk = join(place.scratch, 'disk');
    await mkdir(disk);
    const sizes: string[] = [];
    // From too small for the first result to too small for the last.
    for (const kilobytes of [1250, 1500, 2000, 2600]) {
      const through = onDisk(disk, model, kilobytes);
      if (spawnSync(through[0]!, [...through.slice(1), 'true']).status !== 0)
        return 'left out: this account may not mount (unshare -Urm)';
      const { code, stderr, stdout } = await cli(['run', join(disk, 'session')], data, [...through, ...THEN_LIST]);
      const listed = stdout.split('LEFT:')[1]?.trim().split('\n') ?? [];
      const partial = listed.filter((name) => name.includes('.partial-'));
      must(partial.length === 0, `${kilobytes} KB: left ${partial}`);
      if (code === 0) continue;
      must(/the disk is full/.test(stderr), `${kilobytes} KB: ${stderr}`);
      must(!/fault of Spikedesk/.test(stderr), stderr);
      sizes.push(`${kilobytes} KB`);
    }
    must(sizes.length > 0, 'no disk was small enough');
    return `the disk is full, at ${sizes.join(', ')}`;
  },
};

/** A command in front: mounts a small disk, copies the session onto it. */
function onDisk(disk: string, model: string, kilobytes: number): string[] {
  const script = `mount -t tmpfs -o size=${kilobytes}k tmpfs "$0" && cp -r "$1" "$0/session" && shift && exec "$@"`;
  return ['unshare', '-Urm', 'sh', '-c', script, disk, model];
}

/** Lists what is left, after the command, with its exit code. */
const THEN_LIST = ['sh', '-c', '"$@"; code=$?; echo LEFT:; find "$(dirname "$4")" -mindepth 1; exit $code', 'sh'];

const readOnly: RoadCheck = {
  name: 'read-only places: export, recording',
  async run(place) {
    const data = join(place.scratch, 'data');
    const folder = join(place.scratch, 'readonly');
    const out = join(folder, 'locked');
    await makeToy(folder, (session) => {
      session.exports = [{ name: 'phy', folder: 'locked/phy' }];
    });
    await mkdir(out);
    const script = 'mount -t tmpfs tmpfs "$0" && mount -o remount,ro "$0" && exec "$@"';
    const through = ['unshare', '-Urm', 'sh', '-c', script, out];
    if (spawnSync(through[0]!, [...through.slice(1), 'true']).status !== 0)
      return 'left out: this account may not mount (unshare -Urm)';
    const before = treeHash(folder);
    const { code, stderr } = await cli(['run', folder], data, through);
    must(code === 1, `ended with ${code}`);
    must(stderr.includes(join(out, 'phy')) && /read-only/.test(stderr), stderr);
    must(treeHash(folder) === before, 'something was written');
    await rename(join(folder, 'recording'), join(out, 'recording'));
    const here = [
      'unshare',
      '-Urm',
      'sh',
      '-c',
      'mount --bind -o ro "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"',
      out,
    ];
    const init = await cli(['init', join(out, 'recording')], data, here);
    must(init.code === 0, `a read-only recording: ${init.stderr}`);
    must(/cannot be written to: results and curation go to/.test(init.stdout), init.stdout);
    must(readdirSync(out).join() === 'recording', 'something was written beside a read-only recording');
    return stderr.trim().slice(-80);
  },
};

export const interrupted: readonly RoadCheck[] = [cancel, twoStarts, fullDisk, readOnly];
