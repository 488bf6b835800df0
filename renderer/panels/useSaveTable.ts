import { useProblems } from '../state/problems.ts';
import type { Column, UnitRow } from '../units/columns.ts';
import { toCsv } from '../units/csv.ts';
import { useServices } from './services.ts';

/** Saves the rows that are shown, in full precision, where the user says. */
export function useSaveTable(name: string, columns: readonly Column[], rows: readonly UnitRow[]): () => Promise<void> {
  const { desktop } = useServices();
  return async () => {
    const head = columns.map(({ name: column, unit }) => (unit ? `${column} (${unit})` : column));
    const csv = toCsv([head, ...rows.map((row) => columns.map((column) => column.value(row)))]);
    try {
      await desktop.savePicture({ name: `${name}.csv`, bytes: new TextEncoder().encode(csv) });
    } catch (error) {
      useProblems.getState().tell(error);
    }
  };
}
