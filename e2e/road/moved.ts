import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { must, type RoadCheck } from './check.ts';
import { cli, jsonLines } from './cli.ts';
import { makeToy } from './toy.ts';

/** A session moved with its data keeps its results; --json is JSON; info changes nothing. */
export const moved: RoadCheck = {
  name: 'a moved session is still up to date',
  async run(place) {
    const data = join(place.scratch, 'data');
    const folder = join(place.scratch, 'before');
    await makeToy(folder);
    const first = await cli(['run', join(folder, 'session.json'), '--json'], data);
    must(first.code === 0, first.stderr);
    const lines = jsonLines(first);
    must(
      lines.some(({ type }) => type === 'progress'),
      'no progress in --json',
    );
    must(lines.at(-1)?.type === 'result', `last line ${JSON.stringify(lines.at(-1))}`);
    await mkdir(join(place.scratch, 'elsewhere'));
    const there = join(place.scratch, 'elsewhere', 'after');
    await rename(folder, there);
    const second = await cli(['run', there, '--json'], data);
    must(second.code === 0, second.stderr);
    const ran = jsonLines(second).filter(({ type }) => type === 'progress');
    must(ran.length === 0, `run again: ${[...new Set(ran.map(({ station }) => station))]}`);
    const info = await cli(['info', there, '--json'], data);
    const found = jsonLines(info).map(({ type }) => type);
    must(found.includes('session') && found.includes('recording'), `info tells of ${found}`);
    return `${lines.length} lines of JSON, then nothing to do`;
  },
};
