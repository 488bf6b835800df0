import { Popover } from '@base-ui/react/popover';
import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { changeTable, type TableName } from '../state/tables.ts';
import { toggleColumn } from '../units/chosenColumns.ts';
import type { Column, UnitRow } from '../units/columns.ts';
import { useSaveTable } from './useSaveTable.ts';

interface Props {
  readonly name: TableName;
  readonly columns: readonly Column[];
  readonly shown: readonly Column[];
  readonly rows: readonly UnitRow[];
}

const PARTS = [
  { origin: 'unit', label: 'Unit' },
  { origin: 'computed', label: 'Spikes and metrics' },
  { origin: 'label', label: 'Labels' },
] as const;

/** Which columns the table has; and the table as a file. */
export function ColumnsMenu({ name, columns, shown, rows }: Props) {
  const [sought, setSought] = useState('');
  const save = useSaveTable(name, shown, rows);
  const names = shown.map((column) => column.name);
  const fits = ({ label, name: id }: Column) => `${label} ${id}`.toLowerCase().includes(sought.toLowerCase());
  return (
    <Popover.Root>
      <Popover.Trigger className="icon small" aria-label="Columns" title="Columns">
        <Columns3 size={14} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="menu-place" align="end" sideOffset={2}>
          <Popover.Popup className="menu columns-menu">
            <input
              type="search"
              placeholder="Find a column"
              aria-label="Find a column"
              value={sought}
              onChange={(event) => setSought(event.target.value)}
            />
            <div className="columns-list">
              {PARTS.map(({ origin, label }) => {
                const part = columns.filter(
                  (column) => column.origin === origin && column.name !== 'id' && fits(column),
                );
                return (
                  part.length > 0 && (
                    <fieldset key={origin}>
                      <legend>{label}</legend>
                      {part.map((column) => (
                        <label key={column.name} title={column.help}>
                          <input
                            type="checkbox"
                            checked={names.includes(column.name)}
                            onChange={() => changeTable(name, { columns: toggleColumn(columns, names, column.name) })}
                          />
                          {column.label}
                          {column.unit && <span className="unit">{column.unit}</span>}
                        </label>
                      ))}
                    </fieldset>
                  )
                );
              })}
            </div>
            <div className="line">
              <button type="button" onClick={() => changeTable(name, { columns: undefined, widths: {} })}>
                Usual columns
              </button>
              <button
                type="button"
                onClick={() => changeTable(name, { columns: columns.map((column) => column.name) })}
              >
                All
              </button>
              <span className="spring" />
              <button type="button" onClick={() => void save()}>
                Save as CSV…
              </button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
