import { kernels } from '../compute/kernels.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { axis, channelLayoutOf } from './channelLayoutOf.ts';
import { floatDtypeParam, outputType } from './outputType.ts';
import { spatialGradient, type Term } from './spatialGradient.ts';

const NAME = 'directional_derivative';

const params = z.object({
  direction: axis
    .default('y')
    .describe('Along what the derivative is taken: y, usual, along the probe; x across it.')
    .meta({ title: 'Direction' }),
  order: z
    .int()
    .min(0)
    .max(4)
    .default(1)
    .describe('How often: 1 for the slope, 2 for current source density. 0 subtracts the mean of each column instead.')
    .meta({ title: 'Order' }),
  edge_order: z
    .union([z.literal(1), z.literal(2)])
    .default(1)
    .describe('How exact the slope is at the ends of a column, where one neighbour is missing: 1 or 2. Usually 1.')
    .meta({ title: 'Order at the ends', advanced: true }),
  dtype: floatDtypeParam,
});

/** Every channel of the result as a weighted sum of channels: those of channel c are [starts[c], starts[c + 1]). */
interface Prepared {
  readonly starts: Int32Array;
  readonly sources: Int32Array;
  readonly weights: Float64Array;
  readonly row: Float64Array;
  readonly whole: WholeRange | undefined;
}

function sums(parent: RecordingInfo, { direction, order, edge_order }: z.output<typeof params>): (readonly Term[])[] {
  const layout = channelLayoutOf(NAME, parent);
  const along = layout[direction];
  const across = direction === 'y' ? layout.x : layout.y;
  const out: (readonly Term[])[] = Array.from(along, () => []);
  for (const place of new Set(across)) {
    const column = [...along.keys()].filter((channel) => across[channel] === place);
    column.sort((a, b) => along[a]! - along[b]!);
    const made = columnSums(
      column,
      column.map((channel) => along[channel]!),
      order,
      edge_order,
      parent,
    );
    for (const [i, channel] of column.entries()) out[channel] = made[i]!;
  }
  return out;
}

function columnSums(
  column: readonly number[],
  at: readonly number[],
  order: number,
  edgeOrder: number,
  { channelIds }: RecordingInfo,
): readonly (readonly Term[])[] {
  const name = (i: number) => `"${channelIds[column[i]!]}"`;
  if (column.length === 1) return [[]]; // nothing beside it: 0, as in SpikeInterface
  const own: readonly (readonly Term[])[] = column.map((channel) => [[channel, 1]]);
  if (order === 0) {
    const share = -1 / column.length;
    return column.map((channel) => column.map((other): Term => [other, other === channel ? 1 + share : share]));
  }
  if (column.length < edgeOrder + 1)
    throw new UserError(
      `step "${NAME}": edge_order ${edgeOrder} needs columns of ${edgeOrder + 1} channels, that of channel ${name(0)} has ${column.length}`,
      {
        hint: 'Set edge_order to 1.',
      },
    );
  const same = at.findIndex((place, i) => i > 0 && place === at[i - 1]);
  if (same > 0)
    throw new UserError(`step "${NAME}": channels ${name(same - 1)} and ${name(same)} lie at the same place`, {
      hint: 'Check the probe, or remove one of them.',
    });
  let values = own;
  for (let k = 0; k < order; k++) values = spatialGradient(values, at, edgeOrder);
  return values;
}

/** As SpikeInterface's directional_derivative; channels of a column are taken in order of their place, not of the file. */
export const directionalDerivative: Step<typeof params, Prepared> = {
  name: NAME,
  label: 'Directional derivative',
  help: 'How much the signal changes from channel to channel along the probe, per µm: far sources, which all channels see alike, vanish. Twice (order 2) it is the current source density of LFP. Not for spike sorting.',
  params,
  info(parent, params) {
    sums(parent, params);
    return { ...parent, dtype: outputType(NAME, parent, params.dtype) };
  },
  margin: () => 0,
  prepare(parent, params) {
    const terms = sums(parent, params);
    const starts = new Int32Array(terms.length + 1);
    for (const [c, list] of terms.entries()) starts[c + 1] = starts[c]! + list.length;
    return {
      starts,
      sources: Int32Array.from(terms.flat(), ([channel]) => channel),
      weights: Float64Array.from(terms.flat(), ([, weight]) => weight),
      row: new Float64Array(terms.length),
      whole: wholeRange(params.dtype ?? parent.dtype),
    };
  },
  apply(data, frames, { starts, sources, weights, row, whole }) {
    const channels = row.length;
    for (let f = 0; f < frames; f++) {
      const at = f * channels;
      for (let c = 0; c < channels; c++) row[c] = data[at + c]!;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = starts[c]!; k < starts[c + 1]!; k++) sum += weights[k]! * row[sources[k]!]!;
        data[at + c] = sum;
      }
    }
    if (whole) kernels().wholeNumbers(data, whole);
    return data;
  },
};
