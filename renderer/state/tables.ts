import { create } from 'zustand';
import { z } from '../../core/shared/zod.ts';

/** How a table is looked at. */
const tableSchema = z.object({
  /** First the column that counts most. */
  sort: z.array(z.object({ id: z.string(), desc: z.boolean() })).readonly(),
  filter: z.string(),
  /** Chosen values of columns with few values; a column that is not there lets all through. */
  facets: z.record(z.string(), z.array(z.string()).readonly()).readonly(),
  showFacets: z.boolean(),
  /** Columns shown, in their order; left out: the usual ones. */
  columns: z.array(z.string()).readonly().optional(),
  /** CSS pixels, of columns whose width was changed. */
  widths: z.record(z.string(), z.number().min(20).max(2000)).readonly(),
  /** CSS pixels */
  scrollTop: z.number().min(0),
});
export type TableState = z.output<typeof tableSchema>;

export const TABLES = ['units', 'similar'] as const;
export type TableName = (typeof TABLES)[number];

export const tablesSchema = z.object({ units: tableSchema, similar: tableSchema });
type Tables = z.output<typeof tablesSchema>;

const start = { filter: '', facets: {}, showFacets: true, widths: {}, scrollTop: 0 } as const;

export const useTables = create<Tables>()(() => ({
  units: { ...start, sort: [{ id: 'num_spikes', desc: true }] },
  similar: { ...start, sort: [{ id: 'similarity', desc: true }], showFacets: false },
}));

export function changeTable(name: TableName, change: Partial<TableState>): void {
  useTables.setState((tables) => ({ [name]: { ...tables[name], ...change } }));
}

/** What belongs to the units that were open is forgotten; how the tables look stays. */
export function forgetUnits(): void {
  for (const name of TABLES) changeTable(name, { filter: '', facets: {}, scrollTop: 0 });
}

/** How the tables look, without what belongs to the units that are open: kept for the next start. */
const looksSchema = z.record(z.string(), tableSchema.pick({ columns: true, widths: true, sort: true }).partial());

export function tableLooks(): z.output<typeof looksSchema> {
  const tables = useTables.getState();
  return Object.fromEntries(
    TABLES.map((name) => {
      const { columns, widths, sort } = tables[name];
      return [name, { widths, sort, ...(columns && { columns }) }];
    }),
  );
}

/** Takes over kept looks; what has another shape is passed over. */
export function restoreLooks(kept: unknown): void {
  const parsed = looksSchema.safeParse(kept);
  if (!parsed.success) return;
  for (const name of TABLES) {
    const { columns, widths, sort } = parsed.data[name] ?? {};
    changeTable(name, { ...(columns && { columns }), ...(widths && { widths }), ...(sort && { sort }) });
  }
}
