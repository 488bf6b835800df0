import { expect, test } from 'vitest';
import { parseParams } from './entry.ts';
import { probeGenerators } from './probeGenerators.ts';

function make(name: string, params: Record<string, unknown>, channels: number) {
  const generator = probeGenerators.find((entry) => entry.name === name)!;
  return generator.make(parseParams(generator, 'probe', params), channels).probes;
}

// The numbers are probeinterface 0.4.2's.

test('tetrode: as generate_tetrode(r=10), one for every four channels', () => {
  const [probe] = make('tetrode', {}, 4);
  expect(probe?.contact_positions).toEqual([
    [10, 0],
    [6.123233995736766e-16, 10],
    [-10, 1.2246467991473533e-15],
    [-1.8369701987210296e-15, -10],
  ]);
  const two = make('tetrode', { r: 5, pitch: 100 }, 8);
  expect(two).toHaveLength(2);
  expect(two[1]).toMatchObject({
    device_channel_indices: [4, 5, 6, 7],
    contact_shapes: ['circle', 'circle', 'circle', 'circle'],
  });
  expect(two[1]?.contact_positions[0]).toEqual([105, 0]);
  expect(() => make('tetrode', {}, 6)).toThrow('the recording has 6 channels, but tetrodes have 4 contacts each');
});

test('linear: as generate_linear_probe(3, ypitch=50)', () => {
  expect(make('linear', { ypitch: 50 }, 3)).toMatchObject([
    {
      contact_positions: [
        [0, 0],
        [0, 50],
        [0, 100],
      ],
      probe_planar_contour: [
        [-25, 125],
        [-25, -25],
        [0, -125],
        [25, -25],
        [25, 125],
      ],
      contact_ids: ['0', '1', '2'],
      device_channel_indices: [0, 1, 2],
    },
  ]);
});

test('multi_columns: as generate_multi_columns_probe(3, [2, 3, 2], 25, 10, [0, -5, 0])', () => {
  const params = {
    num_columns: 3,
    num_contact_per_column: [2, 3, 2],
    xpitch: 25,
    ypitch: 10,
    y_shift_per_column: [0, -5, 0],
  };
  expect(make('multi_columns', params, 7)).toMatchObject([
    {
      contact_positions: [
        [0, 0],
        [0, 10],
        [25, -5],
        [25, 5],
        [25, 15],
        [50, 0],
        [50, 10],
      ],
      probe_planar_contour: [
        [-25, 40],
        [-25, -30],
        [25, -130],
        [75, -30],
        [75, 40],
      ],
    },
  ]);
});

test('multi_columns on shanks: as generate_multi_shank', () => {
  expect(make('multi_columns', { num_shank: 2, ypitch: 30 }, 8)).toMatchObject([
    {
      contact_positions: [
        [0, 0],
        [0, 30],
        [20, 0],
        [20, 30],
        [150, 0],
        [150, 30],
        [170, 0],
        [170, 30],
      ],
      shank_ids: ['0', '0', '0', '0', '1', '1', '1', '1'],
      probe_planar_contour: [
        [-25, 95],
        [-25, 55],
        [-25, -25],
        [10, -125],
        [45, -25],
        [45, 55],
        [125, 55],
        [125, -25],
        [160, -125],
        [195, -25],
        [195, 55],
        [195, 95],
      ],
    },
  ]);
});

test.each([
  [{ num_columns: 3 }, 8, '3 columns on 1 shank(s) do not divide them'],
  [{ num_contact_per_column: [4, 3] }, 8, 'the columns hold 7 contacts'],
  [{ num_contact_per_column: [4] }, 4, '1 columns are described, there are 2'],
  [{ y_shift_per_column: [1] }, 4, '1 shifts are given, there are 2 columns'],
  [{}, 0, 'the recording has 0 channels'],
])('%j for %i channels is told', (params, channels, message) => {
  expect(() => make('multi_columns', params, channels)).toThrow(message);
});

test('every parameter has a default and a description', () => {
  for (const { params } of probeGenerators) {
    expect(params.safeParse({}).success).toBe(true);
    for (const field of Object.values(params.shape)) expect(field.meta?.()?.description).toMatch(/\w{3}/);
  }
});
