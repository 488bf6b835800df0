import { ListFilter } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import type { UnitId } from '../../core/shared/sorting.ts';
import { parseFilter } from '../forms/filter.ts';
import { describe } from '../state/problems.ts';
import { changeTable, type TableName, useTables } from '../state/tables.ts';
import { chosenColumns } from '../units/chosenColumns.ts';
import type { Column, UnitRow } from '../units/columns.ts';
import { facetsOf, passesFacets } from '../units/facets.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { Facets } from './Facets.tsx';
import { Hint } from './Hint.tsx';
import { UnitGrid } from './UnitGrid.tsx';

interface Props {
  readonly name: TableName;
  readonly label: string;
  readonly help: string;
  readonly rows: readonly UnitRow[];
  readonly columns: readonly Column[];
  readonly waiting: boolean;
  readonly error: Error | undefined;
  /** What is said instead of rows. */
  readonly empty: string;
  /** Said after the number of rows. */
  readonly note: string;
  onOrder(order: readonly UnitId[]): void;
  onPick(unitId: UnitId, keys: { readonly ctrl: boolean; readonly shift: boolean }): void;
}

/** A table of units in its frame: filter, facets, columns, rows. */
export function TablePanel({ name, label, help, rows, columns, waiting, error, empty, note, onOrder, onPick }: Props) {
  const { filter, facets: chosen, showFacets, columns: names } = useTables((s) => s[name]);
  const typed = useDeferredValue(filter);
  const facets = useMemo(() => facetsOf(rows, columns), [rows, columns]);
  const { shown, wrong } = useMemo(() => filtered(rows, columns, typed, chosen), [rows, columns, typed, chosen]);
  const inOrder = useMemo(() => chosenColumns(columns, names), [columns, names]);
  const all = rows.length;
  const count =
    shown.length === all
      ? all.toLocaleString('en')
      : `${shown.length.toLocaleString('en')} of ${all.toLocaleString('en')}`;
  return (
    <section className="panel" aria-label={label}>
      <header className="panel-head">
        <Hint label={`About ${label}`} text={help} />
        <span className="summary">{all > 0 ? [count, note].filter((part) => part !== '').join(' · ') : note}</span>
        <span className="spring" />
        <FilterField name={name} label={label} typed={filter} wrong={wrong !== undefined} />
        {facets.length > 0 && (
          <button
            type="button"
            className="icon small"
            aria-pressed={showFacets}
            aria-label="Choose by group and label"
            title="Choose by group and label"
            onClick={() => changeTable(name, { showFacets: !showFacets })}
          >
            <ListFilter size={14} aria-hidden />
          </button>
        )}
        {columns.length > 0 && <ColumnsMenu name={name} columns={columns} shown={inOrder} rows={shown} />}
      </header>
      {showFacets && facets.length > 0 && <Facets name={name} facets={facets} chosen={chosen} />}
      {wrong !== undefined && <p className="filter-wrong">{wrong}</p>}
      {error && <p className="filter-wrong">{describe(error).message}</p>}
      {all === 0 ? (
        <p className="says still">{empty}</p>
      ) : (
        <UnitGrid
          name={name}
          label={label}
          rows={shown}
          columns={inOrder}
          waiting={waiting}
          onOrder={onOrder}
          onPick={onPick}
        />
      )}
    </section>
  );
}

/** The rows the filter lets through; a filter that is wrong lets all through. */
function filtered(
  rows: readonly UnitRow[],
  columns: readonly Column[],
  typed: string,
  chosen: Readonly<Record<string, readonly string[]>>,
) {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const faceted = rows.filter((row) => passesFacets(row, byName, chosen));
  const parsed = parseFilter(typed, [...byName.keys()]);
  if ('wrong' in parsed) return { shown: faceted, wrong: parsed.wrong };
  const words = (row: UnitRow) => [row.unitId, row.group || 'unsorted', ...Object.values(row.labels).flat()].join(' ');
  const shown = faceted.filter((row) => parsed.filter((column) => byName.get(column)?.value(row), words(row)));
  return { shown, wrong: undefined };
}

interface FilterProps {
  readonly name: TableName;
  readonly label: string;
  readonly typed: string;
  readonly wrong: boolean;
}

function FilterField({ name, label, typed, wrong }: FilterProps) {
  return (
    <input
      className="filter"
      type="search"
      placeholder={name === 'units' ? 'Filter  /' : 'Filter'}
      aria-label={`Filter ${label.toLowerCase()}`}
      aria-invalid={wrong}
      {...(name === 'units' && { 'data-filter': true })}
      value={typed}
      onChange={(event) => changeTable(name, { filter: event.target.value })}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        changeTable(name, { filter: '' });
        event.currentTarget.blur();
      }}
    />
  );
}
