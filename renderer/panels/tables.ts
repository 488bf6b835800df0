import type { ComponentType } from 'react';
import { SimilarUnits } from './SimilarUnits.tsx';
import { UnitTable } from './UnitTable.tsx';

/** A table that can be put into the dock. */
export interface TableEntry {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly Component: ComponentType;
}

/** All tables, in the order they are offered. */
export const tables: readonly TableEntry[] = [
  { name: 'units', label: 'Units', help: 'All units with their metrics: sort, filter, select.', Component: UnitTable },
  {
    name: 'similar',
    label: 'Similar units',
    help: 'The units most like the one selected last.',
    Component: SimilarUnits,
  },
];
