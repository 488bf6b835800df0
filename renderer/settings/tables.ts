import { restoreLooks, tableLooks, useTables } from '../state/tables.ts';
import type { Kept } from './kept.ts';

/** Columns, widths and order of the tables. */
export const tables: Kept = {
  name: 'columns',
  what: 'the columns of the tables',
  read: () => JSON.parse(JSON.stringify(tableLooks())),
  restore(value) {
    restoreLooks(value);
    return true;
  },
  watch: (changed) => void useTables.subscribe(changed),
};
