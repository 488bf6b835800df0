import { useMemo } from 'react';
import { useAsk } from '../data/useAsk.ts';
import { useSession } from '../state/session.ts';
import { type Column, type UnitRow, unitColumns, unitRows } from '../units/columns.ts';
import { curationVersion } from '../views/versions.ts';

interface Units {
  readonly rows: readonly UnitRow[];
  readonly columns: readonly Column[];
  readonly waiting: boolean;
  readonly error: Error | undefined;
}

/** The units in force, with all that is known of them. */
export function useUnits(): Units {
  const session = useSession((s) => s.session);
  const curation = session?.curation;
  const ask = curation && ({ method: 'units', args: undefined, version: curationVersion(session) } as const);
  const { answer, waiting, error } = useAsk(ask);
  const table = answer?.method === 'units' ? answer.result : undefined;
  return useMemo(() => {
    const rows = unitRows(curation, table);
    return { rows, columns: unitColumns(table, rows), waiting, error };
  }, [curation, table, waiting, error]);
}
