import { useEffect, useMemo, useState } from 'react';
import type { UnitTable as Table } from '../../core/shared/api.ts';
import { useAsk } from '../data/useAsk.ts';
import { parseFilter } from '../forms/filter.ts';
import { describe } from '../state/problems.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { type Column, type UnitRow, unitColumns, unitRows } from '../units/columns.ts';
import { curationVersion } from '../views/versions.ts';
import { Hint } from './Hint.tsx';
import { UnitGrid } from './UnitGrid.tsx';

const HELP =
  'Click selects a unit, ctrl+click adds one, shift+click all between. Click a column to sort. Filter by words (an id, a label) or by comparisons: snr > 5 && group == good.';

/** The units in force with their metrics: filter, sort, select. */
export function UnitTable() {
  const session = useSession((s) => s.session);
  const ask = session?.curation && ({ method: 'units', args: undefined, version: curationVersion(session) } as const);
  const { answer, waiting, error } = useAsk(ask);
  const table = answer?.method === 'units' ? answer.result : undefined;
  const [typed, setTyped] = useState('');
  const { rows, columns } = useRows(table);
  const { shown, wrong } = useFiltered(rows, columns, typed);
  const selected = useSelection((s) => s.unitIds.length);

  return (
    <section className="panel" aria-label="Units">
      <header className="panel-head">
        <h2>Units</h2>
        <Hint label="About Units" text={HELP} />
        <span className="summary">{countText(shown.length, rows.length, selected)}</span>
        <span className="spring" />
        <input
          className="filter"
          type="search"
          placeholder="Filter  /"
          aria-label="Filter units"
          aria-invalid={wrong !== undefined}
          data-filter
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key !== 'Escape') return;
            setTyped('');
            event.currentTarget.blur();
          }}
        />
      </header>
      {wrong !== undefined && <p className="filter-wrong">{wrong}</p>}
      {error && <p className="filter-wrong">{describe(error).message}</p>}
      {rows.length === 0 ? (
        <p className="says still">{waiting ? 'The units are being read.' : 'No units yet: run Sort and Analyze.'}</p>
      ) : (
        <UnitGrid rows={shown} columns={columns} waiting={waiting} />
      )}
    </section>
  );
}

function useRows(table: Table | undefined) {
  const curation = useSession((s) => s.session?.curation);
  return useMemo(() => {
    const rows = unitRows(curation, table);
    return { rows, columns: unitColumns(table, rows) };
  }, [curation, table]);
}

/** The rows the filter lets through; a filter that is wrong lets all through. */
function useFiltered(rows: readonly UnitRow[], columns: readonly Column[], typed: string) {
  const [applied, setApplied] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setApplied(typed), 80);
    return () => clearTimeout(timer);
  }, [typed]);
  return useMemo(() => {
    const parsed = parseFilter(
      applied,
      columns.map(({ name }) => name),
    );
    if ('wrong' in parsed) return { shown: rows, wrong: parsed.wrong };
    const byName = new Map(columns.map((column) => [column.name, column]));
    const words = (row: UnitRow) =>
      [row.unitId, row.group || 'unsorted', ...Object.values(row.labels).flat()].join(' ');
    const shown = rows.filter((row) => parsed.filter((name) => byName.get(name)?.value(row), words(row)));
    return { shown, wrong: undefined };
  }, [rows, columns, applied]);
}

function countText(shown: number, all: number, selected: number): string {
  const of = shown === all ? `${all}` : `${shown} of ${all}`;
  return selected > 0 ? `${of} · ${selected} selected` : of;
}
