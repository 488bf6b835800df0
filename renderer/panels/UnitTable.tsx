import { useSelection } from '../state/selection.ts';
import { TablePanel } from './TablePanel.tsx';
import { useUnits } from './useUnits.ts';

const HELP =
  'Click selects a unit, ctrl+click adds one, shift+click all between. Click the head of a column to sort, shift+click for a second order. Filter by words (an id, a label) or by comparisons: snr > 5 && group == good.';

/** The units in force with their metrics: filter, sort, select. */
export function UnitTable() {
  const { rows, columns, waiting, error } = useUnits();
  const selected = useSelection((s) => s.unitIds.length);
  const setOrder = useSelection((s) => s.setOrder);
  return (
    <TablePanel
      name="units"
      label="Units"
      help={HELP}
      rows={rows}
      columns={columns}
      waiting={waiting}
      error={error}
      empty={waiting ? 'The units are being read.' : 'No units yet: run Sort and Analyze.'}
      note={selected > 0 ? `${selected} selected` : ''}
      onOrder={setOrder}
      onPick={(unitId, { ctrl, shift }) => {
        const { select, toggle, extend } = useSelection.getState();
        if (shift) extend(unitId);
        else if (ctrl) toggle(unitId);
        else select([unitId]);
      }}
    />
  );
}
