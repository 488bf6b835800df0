import { changeTable, type TableName } from '../state/tables.ts';
import { type Facet, toggleFacet } from '../units/facets.ts';

interface Props {
  readonly name: TableName;
  readonly facets: readonly Facet[];
  readonly chosen: Readonly<Record<string, readonly string[]>>;
}

/** Values of columns with few values, to choose which units are shown. */
export function Facets({ name, facets, chosen }: Props) {
  return (
    <div className="facets" role="toolbar" aria-label="Show only units that are">
      {facets.map(({ column, label, values }) => (
        <span key={column} className="facet">
          {column !== 'group' && <span className="facet-name">{label}</span>}
          {values.map(({ value, count }) => (
            <button
              key={value}
              type="button"
              className={column === 'group' ? `chip ${value}` : 'chip'}
              aria-pressed={chosen[column]?.includes(value) ?? false}
              title={`Show only units whose ${label.toLowerCase()} is ${value}`}
              onClick={() => changeTable(name, { facets: toggleFacet(chosen, column, value) })}
            >
              {value}
              <span className="count">{count}</span>
            </button>
          ))}
        </span>
      ))}
    </div>
  );
}
