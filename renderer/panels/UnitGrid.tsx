// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are left out and the others placed, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the keys of the table are in commands.ts, for the whole window
import {
  columnResizingFeature,
  columnSizingFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type MouseEvent, type TouchEvent, useEffect, useMemo, useRef } from 'react';
import type { UnitId } from '../../core/shared/sorting.ts';
import { bestOf, useSelection } from '../state/selection.ts';
import { changeTable, type TableName, useTables } from '../state/tables.ts';
import { type Column, compareValues, type UnitRow } from '../units/columns.ts';
import { Explained } from './Hint.tsx';
import { UnitGridRow } from './UnitGridRow.tsx';

const ROW = 22;
const HEAD = 36;
const features = tableFeatures({
  rowSortingFeature,
  columnSizingFeature,
  columnResizingFeature,
  sortedRowModel: createSortedRowModel(),
});

interface Props {
  readonly name: TableName;
  readonly label: string;
  readonly rows: readonly UnitRow[];
  readonly columns: readonly Column[];
  readonly waiting: boolean;
  onOrder(order: readonly UnitId[]): void;
  onPick(unitId: UnitId, keys: { readonly ctrl: boolean; readonly shift: boolean }): void;
}

/** The rows that are in sight, sorted. */
export function UnitGrid({ name, label, rows, columns, waiting, onOrder, onPick }: Props) {
  const { sort, widths: sizing } = useTables((s) => s[name]);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.name,
        accessorFn: (row: UnitRow) => column.value(row),
        size: usualWidth(column, false),
        minSize: 36,
        maxSize: 600,
        sortUndefined: 'last' as const,
        sortDescFirst: column.numeric && column.name !== 'id',
        sortFn: (a: { getValue(id: string): unknown }, b: { getValue(id: string): unknown }, id: string) =>
          compareValues(a.getValue(id) as number | string, b.getValue(id) as number | string),
      })),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const sorting = useMemo(() => sort.filter(({ id }) => columns.some((column) => column.name === id)), [sort, columns]);
  const columnSizing = useMemo(() => ({ ...sizing }), [sizing]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    state: { sorting, columnSizing },
    onSortingChange: (update) =>
      changeTable(name, { sort: typeof update === 'function' ? update([...sorting]) : update }),
    onColumnSizingChange: (update) =>
      changeTable(name, { widths: typeof update === 'function' ? update(columnSizing) : update }),
    columnResizeMode: 'onChange',
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;
  const order = useMemo(() => sorted.map(({ original }) => original.unitId), [sorted]);
  useEffect(() => onOrder(order), [order, onOrder]);

  const { scroller, virtual } = useScrolling(name, order);
  const widths = useMemo(
    () =>
      columns.map(
        (column) => sizing[column.name] ?? usualWidth(column, directionOf(sorting, column.name) !== undefined),
      ),
    [columns, sizing, sorting],
  );
  const width = widths.reduce((sum, w) => sum + w, 0);
  return (
    <div
      className={waiting ? 'grid waiting' : 'grid'}
      role="grid"
      aria-label={label}
      aria-multiselectable
      aria-rowcount={sorted.length + 1}
      ref={scroller}
      onScroll={({ currentTarget }) => currentTarget.toggleAttribute('data-sideways', currentTarget.scrollLeft > 0)}
    >
      <div className="grid-head" role="row" style={{ width }}>
        {table.getFlatHeaders().map((header, i) => (
          <HeadCell
            key={header.id}
            column={columns[i]!}
            width={widths[i]!}
            sorted={directionOf(sorting, header.id)}
            onSort={(event) => header.column.toggleSorting(undefined, event.shiftKey)}
            onResize={header.getResizeHandler()}
            onUsual={() => header.column.resetSize()}
          />
        ))}
      </div>
      <div className="grid-body" style={{ width, height: virtual.getTotalSize() - HEAD }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = sorted[index]?.original;
          return (
            row && (
              <UnitGridRow
                key={String(row.unitId)}
                row={row}
                columns={columns}
                widths={widths}
                index={index}
                top={start - HEAD}
                onPick={onPick}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** Goes to the unit that was selected last, and keeps the place for when the table is there again. */
function useScrolling(name: TableName, order: readonly UnitId[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const initialOffset = useRef(useTables.getState()[name].scrollTop);
  const virtual = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    paddingStart: HEAD,
    initialOffset: initialOffset.current,
    onChange: ({ scrollOffset }) => {
      if (scrollOffset !== null) keepPlace(name, scrollOffset);
    },
  });
  const last = useSelection((s) => (name === 'similar' ? s.similar : bestOf(s)).at(-1));
  const seen = useRef(last);
  const at = last === undefined ? -1 : order.indexOf(last);
  useEffect(() => {
    if (seen.current === last) return;
    seen.current = last;
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, last, virtual]);
  return { scroller, virtual };
}

const placing = new Map<TableName, number>();

function keepPlace(name: TableName, scrollTop: number): void {
  clearTimeout(placing.get(name));
  placing.set(
    name,
    window.setTimeout(() => {
      if (useTables.getState()[name].scrollTop !== scrollTop) changeTable(name, { scrollTop });
    }, 150),
  );
}

function directionOf(sorting: readonly { readonly id: string; readonly desc: boolean }[], id: string) {
  const found = sorting.find((one) => one.id === id);
  return found && (found.desc ? 'descending' : 'ascending');
}

/** CSS pixels that fit the name of the column, which may stand in two lines, the arrow of the sorted one, its numbers. */
function usualWidth({ name, label, unit, numeric }: Column, sorted: boolean): number {
  if (name === 'id') return 52;
  if (name === 'group') return 64;
  // The unit stands behind the last word: they are not parted.
  const words = unit === '' ? label.split(' ') : `${label}\u00a0${unit}`.split(' ');
  const longest = Math.max(...words.map((word) => word.length));
  const line = Math.max(longest, label.includes(' ') ? Math.ceil((label.length + unit.length) / 2) : 0);
  const arrow = sorted ? 6 : 0; // the words leave some room
  return Math.ceil(Math.max(numeric ? 58 : 64, 24 + arrow + 6.4 * line));
}

interface HeadProps {
  readonly column: Column;
  readonly width: number;
  readonly sorted: 'ascending' | 'descending' | undefined;
  onSort(event: MouseEvent): void;
  onResize(event: MouseEvent | TouchEvent): void;
  onUsual(): void;
}

function HeadCell({ column, width, sorted, onSort, onResize, onUsual }: HeadProps) {
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
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a border to drag; Columns has a button for the usual widths */}
      <span className="grip" onMouseDown={onResize} onTouchStart={onResize} onDoubleClick={onUsual} />
    </div>
  );
}
