import { expect, test } from 'vitest';
import { secondsLeftOf } from '../pipeline/secondsLeft.ts';
import { duration, openOutput, textTable } from './output.ts';
import { parameter } from './parameter.ts';
import { dataFolder } from './withApi.ts';

function written(options: { tty?: boolean; json?: boolean }) {
  const lines: string[] = [];
  let clock = 0;
  const stream = { write: (text: string) => lines.push(text), isTTY: options.tty === true, columns: 80 };
  const output = openOutput(stream, options.json === true, () => clock);
  return { output, lines, wait: (ms: number) => (clock += ms) };
}

test('machines get one JSON object a line, and no more of them than they can use', () => {
  const { output, lines, wait } = written({ json: true, tty: true });
  output.line('for people');
  output.machine({ type: 'result', folder: '/a' });
  for (let i = 0; i <= 100; i++, wait(10)) output.progress({ stage: 'peaks', done: i, of: 100, station: 'sort' });
  const values = lines.map((line) => JSON.parse(line));
  expect(lines.every((line) => line.endsWith('\n'))).toBe(true);
  expect(values[0]).toEqual({ type: 'result', folder: '/a' });
  expect(values.at(-1)).toEqual({ type: 'progress', stage: 'peaks', done: 100, of: 100, station: 'sort' });
  expect(values.length).toBeLessThan(10);
});

test('people without a terminal get a line a stage, and one in a while', () => {
  const { output, lines, wait } = written({});
  for (let i = 0; i <= 30; i++, wait(1000)) output.progress({ stage: 'peaks', done: i, of: 30, secondsLeft: 30 - i });
  output.progress({ stage: 'merging', done: 0, of: 1 });
  expect(lines).toEqual([
    '  peaks (30 s left)\n',
    '  peaks (33%, 20 s left)\n',
    '  peaks (66%, 10 s left)\n',
    '  merging\n',
  ]);
});

test('a terminal has a bar that goes when a line comes', () => {
  const { output, lines } = written({ tty: true });
  output.progress({ stage: 'peaks', done: 1, of: 2, station: 'sort', secondsLeft: 4 });
  expect(lines[0]).toMatch(/sort: peaks +━+╌+ {2}50% 4 s left$/);
  expect(lines[0]!.length).toBeLessThan(80 + 5);
  output.line('done');
  expect(lines.slice(1)).toEqual(['\r\x1b[K', 'done\n']);
});

test('tables line up, numbers to the right', () => {
  expect(
    textTable([
      ['unit', 'snr'],
      ['a', '12.5'],
      ['bcd', '3'],
    ]),
  ).toBe('unit   snr\na     12.5\nbcd      3');
});

test('durations', () => {
  expect([duration(8.4), duration(125), duration(3780)]).toEqual(['8 s', '2 min 5 s', '1 h 3 min']);
});

test('values of --set are JSON where they can be', () => {
  expect(parameter('n=4')).toEqual(['n', 4]);
  expect(parameter('dtype=int16')).toEqual(['dtype', 'int16']);
  expect(parameter('a=b=c')).toEqual(['a', 'b=c']);
  expect(parameter('flag=false')).toEqual(['flag', false]);
  expect(() => parameter('n')).toThrow(/NAME=VALUE/);
});

test('time left is of the stage that runs', () => {
  let clock = 0;
  const left = secondsLeftOf(() => clock);
  const at = (stage: string, done: number) => left({ stage, done, of: 10 });
  expect(at('a', 0)).toBeUndefined();
  clock = 2000;
  expect(at('a', 1)).toBe(18);
  expect(at('b', 5)).toBeUndefined();
  clock = 4000;
  expect(at('b', 6)).toBe(8);
});

test('where the data of the user go', () => {
  expect(dataFolder({ XDG_DATA_HOME: '/x' }, 'linux')).toBe('/x/spikedesk');
  expect(dataFolder({ SPIKEDESK_DATA: '/y' }, 'win32')).toBe('/y');
});
