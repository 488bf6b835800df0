import { expect, test } from 'vitest';
import { orderIn } from './curationTrace.ts';

const JOURNAL = '63</data/phy/.spikedesk/curation.jsonl>';
/** A message to a port, as Chromium writes it: the port's number after 48 bytes of header. */
const sent = (time: string, port: string) =>
  `10758 ${time} sendto(88<UNIX-STREAM:[809943->809944]>, "\\20${'\\0'.repeat(46)}H${port}\\0\\0\\0\\0\\0\\0\\0\\4\\0"..., 112, MSG_NOSIGNAL, NULL, 0) = 112`;

/** One action as strace shows it, a second long, from `at` on. */
const action = (at: number) => [
  `10781 ${at}.100000 write(${JOURNAL}, "{\\"seq\\":2,"..., 196) = 196`,
  `10780 ${at}.200000 fdatasync(${JOURNAL} <unfinished ...>`,
  `10795 ${at}.250000 write(15<pipe:[809868]>, "!", 1) = 1`,
  `10780 ${at}.300000 <... fdatasync resumed>) = 0 (DELAYED)`,
  sent(`${at}.400000`, '\\265'),
];
const times = [100, 200].map((at) => ({ asked: at, acknowledged: at + 0.5 }));
const order = (lines: readonly string[]) => orderIn(lines.join('\n'), times, 10758);

test('write, fdatasync, message to the page: in order', () => {
  expect(order([...action(100), ...action(200)])).toEqual({ inOrder: 2, problems: [] });
});

test('an answer that leaves while fdatasync is under way, or before the write', () => {
  const lines = action(200);
  for (const at of ['200.280000', '200.050000'])
    expect(order([...action(100), sent(at, '\\265'), ...lines]).problems).toEqual([
      'action 2: its answer left before its fdatasync had returned',
    ]);
});

test('what the page is told besides is no answer', () => {
  const told = ['100.020000', '100.410000', '200.280000', '200.420000'].map((at) => sent(at, '\\271'));
  expect(order([...action(100), ...action(200), ...told]).problems).toEqual([]);
});

test('no fdatasync, or one that ends after the acknowledgement', () => {
  const without = action(200).filter((line) => !line.includes('fdatasync'));
  const late = action(200).map((line) => line.replace('200.300000 <...', '200.600000 <...'));
  for (const lines of [without, late])
    expect(order([...action(100), ...lines])).toEqual({
      inOrder: 1,
      problems: ['action 2: acknowledged before an fdatasync after the write had returned'],
    });
});

test('nothing written at all', () => {
  expect(order([...action(100), sent('200.400000', '\\265')]).problems).toEqual([
    'action 2: acknowledged before the journal was written',
  ]);
});
