import { useMemo } from 'react';
import { useAsk } from '../data/useAsk.ts';
import { bestOf, useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import type { Column } from '../units/columns.ts';
import { curationVersion } from '../views/versions.ts';
import { TablePanel } from './TablePanel.tsx';
import { useUnits } from './useUnits.ts';

const HELP =
  'The units most like the one selected last, most similar first. Click shows one beside it, ctrl+click adds another; Space and Shift+Space go to the next and the previous.';
const MOST = 100;

/** The units most like the one selected last: candidates for a merge. */
export function SimilarUnits() {
  const session = useSession((s) => s.session);
  const unitId = useSelection((s) => bestOf(s).at(-1));
  const setSimilarOrder = useSelection((s) => s.setSimilarOrder);
  const units = useUnits();
  const known = session?.curation?.units.some((unit) => unit.unitId === unitId) === true;
  const ask =
    known && session && unitId !== undefined
      ? ({ method: 'similar', args: { unitId, most: MOST }, version: curationVersion(session) } as const)
      : undefined;
  const { answer, waiting, error } = useAsk(ask);
  const similar = answer?.method === 'similar' && known ? answer.result : undefined;
  const { rows, columns } = useMemo(() => {
    const values = new Map(similar?.unitIds.map((id, i) => [id, similar.similarity[i]]));
    const column: Column = {
      name: 'similarity',
      label: 'Similarity',
      unit: '',
      help: `1: the same shape. ${similar?.source ?? ''}`,
      numeric: true,
      origin: 'unit',
      value: (row) => values.get(row.unitId),
    };
    const [id, ...others] = units.columns;
    return {
      rows: units.rows.filter((row) => values.has(row.unitId) && row.unitId !== similar?.unitId),
      columns: id ? [id, column, ...others] : [],
    };
  }, [similar, units]);
  return (
    <TablePanel
      name="similar"
      label="Similar units"
      help={HELP}
      rows={rows}
      columns={columns}
      waiting={waiting}
      error={error}
      empty={emptyText(known, waiting)}
      note={similar ? `like unit ${similar.unitId}` : ''}
      onOrder={setSimilarOrder}
      onPick={(picked, { ctrl }) => {
        const { selectSimilar, toggleSimilar } = useSelection.getState();
        if (ctrl) toggleSimilar(picked);
        else selectSimilar(picked);
      }}
    />
  );
}

function emptyText(known: boolean, waiting: boolean): string {
  if (!known) return 'Select a unit to see which others are like it.';
  return waiting ? 'Similar units are being looked for.' : 'No other unit to compare with.';
}
