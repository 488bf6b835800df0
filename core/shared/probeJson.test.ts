import { expect, test } from 'vitest';
import { channelLayout } from './probe.ts';
import { parseProbeJson } from './probeJson.ts';
import { probeJson, recordingProbeJson } from './probeJsonWrite.ts';

const square = {
  ndim: 2,
  si_units: 'um',
  annotations: { model_name: 'X' },
  contact_annotations: { quality: [1, 2] },
  contact_positions: [
    [0, 10],
    [20, 30],
  ],
  contact_plane_axes: [
    [
      [1, 0],
      [0, 1],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ],
  contact_shapes: ['square', 'square'],
  contact_shape_params: [{ width: 12 }, { width: 12 }],
  probe_planar_contour: [
    [0, 0],
    [10, -20],
    [20, 0],
  ],
  device_channel_indices: [1, 0],
  contact_ids: ['e0', 'e1'],
  shank_ids: ['0', '1'],
};
const group = (...probes: unknown[]) => ({ specification: 'probeinterface', version: '0.3.2', probes });

test('a probe file read and written is the same', () => {
  const second = { ...square, device_channel_indices: [2, -1] };
  const written = probeJson(parseProbeJson(group(square, second), 'p.json'));
  expect(written).toMatchObject({ specification: 'probeinterface', probes: [square, second] });
});

test('millimetres become micrometres', () => {
  const { probes } = parseProbeJson(group({ ...square, si_units: 'mm' }), 'p.json');
  expect(probes[0]).toMatchObject({
    si_units: 'um',
    contact_positions: [
      [0, 10_000],
      [20_000, 30_000],
    ],
    contact_shape_params: [{ width: 12_000 }, { width: 12_000 }],
  });
});

test('numbers as ids, empty shank ids, missing shapes: what older files have', () => {
  const older = {
    ndim: 2,
    contact_positions: [[0, 0]],
    contact_ids: [7],
    shank_ids: [''],
    device_channel_indices: null,
  };
  const { probes } = parseProbeJson(group(older), 'p.json');
  expect(probes[0]).toMatchObject({ contact_ids: ['7'], contact_shapes: ['circle'] });
  expect(probes[0]).not.toHaveProperty('shank_ids');
  expect(probes[0]).not.toHaveProperty('device_channel_indices');
});

test.each([
  [{ ndim: 4 }, 'ndim is not 2 or 3'],
  [{ si_units: 'inch' }, 'si_units is "inch"'],
  [
    {
      contact_positions: [
        [0, Number.NaN],
        [0, 0],
      ],
    },
    'contact_positions are not rows of 2 numbers',
  ],
  [{ contact_positions: [[0], [0]] }, 'contact_positions are not rows of 2 numbers'],
  [{ contact_shapes: ['square'] }, 'contact_shapes are not 2'],
  [{ contact_shapes: ['star', 'square'] }, 'contact_shapes are not 2'],
  [{ contact_shape_params: [{ width: 'x' }, {}] }, 'contact_shape_params are not 2'],
  [{ contact_ids: ['a'] }, 'contact_ids are not 2 values'],
  [{ device_channel_indices: [0, 1.5] }, 'device_channel_indices'],
  [{ device_channel_indices: [1, 1] }, 'two contacts are wired to one channel'],
  [{ contact_annotations: { a: [1] } }, 'contact_annotations a'],
])('%j is told', (change, message) => {
  expect(() => parseProbeJson(group({ ...square, ...change }), 'p.json')).toThrow(
    `p.json is not a readable probe file: ${message}`,
  );
});

test.each([[{}], [[]], [null], [{ probes: [] }], [{ probes: {} }], [{ specification: 'other', probes: [square] }]])(
  '%j is no probe file',
  (json) => {
    expect(() => parseProbeJson(json, 'p.json')).toThrow('p.json is not a readable probe file');
  },
);

test('with a recording only wired contacts are kept, in channel order', () => {
  const probes = parseProbeJson(
    group({ ...square, device_channel_indices: [2, 0] }, { ...square, device_channel_indices: [-1, 1] }),
    'p.json',
  );
  expect(recordingProbeJson(probes, 3)).toMatchObject({
    probes: [
      { contact_ids: ['e1', 'e0'], device_channel_indices: [0, 2], contact_annotations: { quality: [2, 1] } },
      { contact_ids: ['e1'], device_channel_indices: [1] },
    ],
    probe_ids: ['0', '1'],
    global_contact_order: [0, 2, 1],
  });
  expect(recordingProbeJson(probes, 4)).toBeUndefined();
  const layout = channelLayout(probes, 3);
  expect(layout).toMatchObject({
    x: Float64Array.of(20, 20, 0),
    y: Float64Array.of(30, 30, 10),
    probe: Int32Array.of(0, 1, 0),
    shank: ['1', '1', '0'],
  });
});
