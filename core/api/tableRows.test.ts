import { expect, test } from 'vitest';
import type { UnionUnit } from '../analyzer/curated.ts';
import type { UnitTable } from '../shared/api.ts';
import { tableByRows } from './tableRows.ts';

const info = { label: '', unit: '', help: '' };
const unit = (unitId: number, ...from: number[]): UnionUnit => ({ unitId, from: from.length > 0 ? from : [unitId] });
const { signal } = new AbortController();

test('after an edit only the units that changed are asked for', async () => {
  const asked: (readonly number[])[] = [];
  const table = tableByRows(async (units): Promise<UnitTable> => {
    asked.push(units.map(({ unitId }) => Number(unitId)));
    return {
      unitIds: units.map(({ unitId }) => unitId),
      columns: [
        { ...info, name: 'parts', values: Float64Array.from(units, ({ from }) => from.length) },
        { ...info, name: 'words', values: units.map(({ from }) => from.join('+')) },
      ],
    };
  });
  await table([unit(1), unit(2), unit(3)], signal);
  const merged = await table([unit(2), unit(4, 1, 3)], signal);
  expect(asked).toEqual([[1, 2, 3], [4]]);
  expect(merged.unitIds).toEqual([2, 4]);
  expect(merged.columns.map(({ name, values }) => [name, [...values]])).toEqual([
    ['parts', [1, 2]],
    ['words', ['2', '1+3']],
  ]);
  const again = await table([unit(1), unit(5, 1, 3)], signal); // undone, then merged under another id
  expect(asked).toHaveLength(2);
  expect(again.unitIds).toEqual([1, 5]);
  expect((await table([], signal)).unitIds).toEqual([]);
});
