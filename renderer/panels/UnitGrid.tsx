// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are left out and the others placed, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the keys of the table are in commands.ts, for the whole window
import {
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { UnitId } from '../../core/shared/sorting.ts';
import { cssColor } from '../gl/labels.ts';
import { useLayout } from '../state/layout.ts';
import { useSelection } from '../state/selection.ts';
import { type Column, compareValues, shortValue, type UnitRow } from '../units/columns.ts';
import { palettes, unitColor } from '../views/palette.ts';
import { Explained } from './Hint.tsx';

const ROW = 22;
const HEAD = 36;
const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

interface Props {
  readonly rows: readonly UnitRow[];
  readonly columns: readonly Column[];
  readonly waiting: boolean;
}

/** The rows that are in sight, sorted. */
export function UnitGrid({ rows, columns, waiting }: Props) {
  const [sorting, setSorting] = useState<SortingState>([{ id: 'num_spikes', desc: true }]);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.name,
        accessorFn: (row: UnitRow) => column.value(row),
        sortUndefined: 'last' as const,
        sortDescFirst: column.numeric && column.name !== 'id',
        sortFn: (a: { getValue(id: string): unknown }, b: { getValue(id: string): unknown }, id: string) =>
          compareValues(a.getValue(id) as number | string, b.getValue(id) as number | string),
      })),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const known = sorting.filter(({ id }) => columns.some(({ name }) => name === id));
  const table = useTable({
    features,
    columns: definitions,
    data,
    state: { sorting: known },
    onSortingChange: setSorting,
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;

  const setOrder = useSelection((s) => s.setOrder);
  const order = useMemo(() => sorted.map(({ original }) => original.unitId), [sorted]);
  useEffect(() => setOrder(order), [order, setOrder]);

  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    paddingStart: HEAD,
  });
  const last = useSelection((s) => s.unitIds.at(-1));
  const lastAt = last === undefined ? -1 : order.indexOf(last);
  useEffect(() => {
    if (lastAt >= 0) virtual.scrollToIndex(lastAt);
  }, [lastAt, virtual]);

  const widths = columns.map(widthOf);
  const width = widths.reduce((sum, w) => sum + w, 0);
  return (
    <div
      className={waiting ? 'grid waiting' : 'grid'}
      role="grid"
      aria-label="Units"
      aria-multiselectable
      aria-rowcount={sorted.length + 1}
      ref={scroller}
    >
      <div className="grid-head" role="row" style={{ width }}>
        {columns.map((column, i) => (
          <HeadCell
            key={column.name}
            column={column}
            width={widths[i]!}
            sorted={known[0]?.id === column.name ? (known[0].desc ? 'descending' : 'ascending') : undefined}
            onSort={(event) => table.getColumn(column.name)?.toggleSorting(undefined, event.shiftKey)}
          />
        ))}
      </div>
      <div className="grid-body" style={{ width, height: virtual.getTotalSize() - HEAD }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = sorted[index]?.original;
          return (
            row && (
              <Row
                key={String(row.unitId)}
                row={row}
                columns={columns}
                widths={widths}
                index={index}
                top={start - HEAD}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function widthOf({ name, label, unit }: Column): number {
  if (name === 'id') return 52;
  if (name === 'group') return 64;
  // The head has two lines.
  const words = [...label.split(' '), unit];
  const longest = Math.max(...words.map((word) => word.length));
  return Math.ceil(Math.max(64, 30 + 6.2 * Math.max(longest, (label.length + unit.length) / 2)));
}

interface HeadProps {
  readonly column: Column;
  readonly width: number;
  readonly sorted: 'ascending' | 'descending' | undefined;
  onSort(event: MouseEvent): void;
}

function HeadCell({ column, width, sorted, onSort }: HeadProps) {
  const { name, label, unit, help, numeric } = column;
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={sorted ?? 'none'}
      className={numeric ? 'cell number' : 'cell'}
      style={{ width }}
    >
      <Explained text={help ? `${help} (${name})` : name}>
        <button type="button" onClick={onSort}>
          {sorted && <Arrow size={11} aria-label={sorted} />}
          {label}
          {unit && <span className="unit">{unit}</span>}
        </button>
      </Explained>
    </div>
  );
}

interface RowProps {
  readonly row: UnitRow;
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  readonly index: number;
  readonly top: number;
}

function Row({ row, columns, widths, index, top }: RowProps) {
  const order = useSelection((s) => s.unitIds.indexOf(row.unitId));
  const theme = useLayout((s) => s.theme);
  const swatch = order < 0 ? undefined : cssColor(unitColor(palettes[theme], order));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are in commands.ts, for the whole window
    <div
      role="row"
      aria-label={`unit ${row.unitId}`}
      aria-rowindex={index + 2}
      aria-selected={order >= 0}
      tabIndex={-1}
      className={`grid-row ${row.group || 'unsorted'}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => selectRow(row.unitId, event)}
    >
      {columns.map((column, i) => (
        <Cell key={column.name} column={column} row={row} width={widths[i]!} swatch={swatch} />
      ))}
    </div>
  );
}

function Cell({
  column,
  row,
  width,
  swatch,
}: {
  column: Column;
  row: UnitRow;
  width: number;
  swatch: string | undefined;
}) {
  const value = column.value(row);
  const isId = column.name === 'id';
  const merged = isId && row.from.length > 1 ? `merged from ${row.from.join(', ')}` : undefined;
  const full = value === undefined ? `${column.label}: not defined for this unit. ${column.help}` : String(value);
  return (
    <div role="gridcell" className={column.numeric ? 'cell number' : 'cell'} style={{ width }} title={merged ?? full}>
      {isId && <span className="swatch" style={{ background: swatch ?? 'transparent' }} aria-hidden />}
      {isId ? <span className="mono">{String(value)}</span> : shortValue(value)}
    </div>
  );
}

function selectRow(unitId: UnitId, event: MouseEvent): void {
  const { select, toggle, extend } = useSelection.getState();
  if (event.shiftKey) extend(unitId);
  else if (event.ctrlKey || event.metaKey) toggle(unitId);
  else select([unitId]);
}
