import { expect, test } from 'vitest';
import { parsePhyParams } from './phyParams.ts';

const parse = (text: string) => Object.fromEntries(parsePhyParams(text, 'params.py'));

test('strings, numbers, bools, None and lists', () => {
  const text = `\u{feff}# made by hand
dat_path = ['a.dat', r"C:\\new\\b.dat",   # two files
            '''c.dat''']
dir = 'it\\'s \\x41\\u00e9 \\q'\r
n_channels_dat=32
offset = 0x10
sample_rate = 30_000.  # Hz
tiny = -1.5e-3
hp_filtered = True
nothing = None

empty = []
`;
  expect(parse(text)).toEqual({
    dat_path: ['a.dat', 'C:\\new\\b.dat', 'c.dat'],
    dir: "it's Aé \\q",
    n_channels_dat: 32,
    offset: 16,
    sample_rate: 30_000,
    tiny: -0.0015,
    hp_filtered: true,
    nothing: null,
    empty: [],
  });
  expect(parse('')).toEqual({});
});

test.each([
  ['import os', 1, 'import os'],
  ['a = 1\n\nos.system("rm -rf /")', 3, 'os.system'],
  ['a = __import__("os")', 1, 'a = __import__'],
  ['dtype = np.int16', 1, 'dtype = np.int16'],
  ['a = 1 + 1', 1, 'something follows the value'],
  ['a = 1; b = 2', 1, 'something follows the value'],
  ['a = {"b": 1}', 1, 'not a plain value'],
  ['a = (1, 2)', 1, 'not a plain value'],
  ["a = f'{b}'", 1, 'not a plain value'],
  ["a = 'b\n'", 1, 'a string that does not end'],
  ['a = [1, 2', 1, '"," or "]" expected'],
  ['a = [x for x in y]', 1, 'not a plain value'],
  ['b = 1\na = nan', 2, 'not a plain value'],
  ['a == 1', 1, 'not a plain setting'],
  ['a, b = 1, 2', 1, 'not a plain setting'],
  ['    a = 12x', 1, 'not a plain number'],
  ['if True:\n  a = 1', 1, 'if True:'],
  [`a = ${'['.repeat(100)}`, 1, 'brackets too deep'],
])('%s is refused with its line', (text, line, message) => {
  expect(() => parse(text)).toThrow(`params.py, line ${line}:`);
  expect(() => parse(text)).toThrow(message);
});
