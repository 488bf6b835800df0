// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are left out and the others placed, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the keys of the table are in commands.ts, for the whole window
import { memo } from 'react';
import type { UnitId } from '../../core/shared/sorting.ts';
import { cssColor } from '../gl/labels.ts';
import { usePointed } from '../state/focus.ts';
import { useLayout } from '../state/layout.ts';
import { useSelection } from '../state/selection.ts';
import { type Column, shortValue, type UnitRow } from '../units/columns.ts';
import { palettes, unitColor } from '../views/palette.ts';

interface Props {
  readonly row: UnitRow;
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  readonly index: number;
  readonly top: number;
  onPick(unitId: UnitId, keys: { readonly ctrl: boolean; readonly shift: boolean }): void;
}

const TABLE = 'tables';

/** One unit. Drawn anew only when something of it changes. */
export const UnitGridRow = memo(function UnitGridRow({ row, columns, widths, index, top, onPick }: Props) {
  const { unitId } = row;
  const order = useSelection((s) => s.unitIds.indexOf(unitId));
  const pointed = usePointed((s) => s.from !== TABLE && s.pointed?.unitId === unitId);
  const theme = useLayout((s) => s.theme);
  const swatch = order < 0 ? undefined : cssColor(unitColor(palettes[theme], order));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are in commands.ts, for the whole window
    <div
      role="row"
      aria-label={`unit ${unitId}`}
      aria-rowindex={index + 2}
      aria-selected={order >= 0}
      tabIndex={-1}
      className={`grid-row ${row.group || 'unsorted'}${pointed ? ' pointed' : ''}`}
      style={{ top }}
      onClick={(event) => onPick(unitId, { ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey })}
      onPointerEnter={() => usePointed.setState({ pointed: { unitId }, from: TABLE })}
      onPointerLeave={() => {
        if (usePointed.getState().from === TABLE) usePointed.setState({ pointed: undefined, from: undefined });
      }}
    >
      {columns.map((column, i) => (
        <Cell key={column.name} column={column} row={row} width={widths[i]!} swatch={swatch} />
      ))}
    </div>
  );
});

interface CellProps {
  readonly column: Column;
  readonly row: UnitRow;
  readonly width: number;
  readonly swatch: string | undefined;
}

function Cell({ column, row, width, swatch }: CellProps) {
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
