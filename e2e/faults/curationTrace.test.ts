import { expect, test } from 'vitest';
import { orderIn } from './curationTrace.ts';

const JOURNAL = '63</data/phy/.spikedesk/curation.jsonl>';
const PAGE = '88<UNIX-STREAM:[809943->809944]>';

/** One action as strace shows it, a second long, from `at` on. */
const action = (at: number) => [
  `10781 ${at}.100000 write(${JOURNAL}, "{\\"seq\\":2,"..., 196) = 196`,
  `10780 ${at}.200000 fdatasync(${JOURNAL} <unfinished ...>`,
  `10795 ${at}.250000 write(15<pipe:[809868]>, "!", 1) = 1`,
  `10780 ${at}.300000 <... fdatasync resumed>) = 0 (DELAYED)`,
  `10758 ${at}.400000 sendto(88<UNIX-STREAM:[809943->809944]>, "\\20\\0\\0\\0p"..., 112, MSG_NOSIGNAL, NULL, 0) = 112`,
];
const times = [100, 200].map((at) => ({ asked: at, acknowledged: at + 0.5 }));
const order = (lines: readonly string[]) => orderIn(lines.join('\n'), times, 10758);

test('write, fdatasync, message to the page: in order', () => {
  expect(order([...action(100), ...action(200)])).toEqual({ inOrder: 2, problems: [] });
});

test('a message that leaves while fdatasync is under way', () => {
  const early = `10758 200.280000 sendto(${PAGE}, "\\20"..., 112, MSG_NOSIGNAL, NULL, 0) = 112`;
  const lines = action(200);
  expect(order([...action(100), ...lines.slice(0, 3), early, ...lines.slice(3)]).problems).toEqual([
    'action 2: a message left for the page between the write and the end of its fdatasync',
  ]);
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
  expect(order(action(100)).problems).toEqual(['action 2: acknowledged before the journal was written']);
});
