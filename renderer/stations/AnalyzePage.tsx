import type { Catalogue } from '../../core/shared/api.ts';
import type { EntryInfo } from '../../core/shared/entry.ts';
import type { Session } from '../../core/shared/session.ts';
import { toParams, type Values } from '../forms/values.ts';
import { ParamForm } from '../panels/ParamForm.tsx';
import { Settings } from '../panels/Settings.tsx';
import { StationHead } from '../panels/StationHead.tsx';
import { useActions } from '../panels/services.ts';
import { useOpen } from './useOpen.ts';

/** Which channels are kept for a unit. The session's own setting, so its form is written here. */
const SPARSITY_SCHEMA = {
  properties: {
    radius_um: {
      type: 'number',
      exclusiveMinimum: 0,
      title: 'Sparsity radius',
      unit: 'µm',
      description:
        'For each unit only channels this near to its main channel are kept: others hardly see it. 100 is usual; larger for large neurons or sparse probes.',
    },
  },
} as const;

/** Extensions and metrics: what each is for, and which are computed. */
export function AnalyzePage() {
  const { state, catalogue } = useOpen();
  const actions = useActions();
  const { analyzer } = state.session;
  const set = (change: Partial<Session['analyzer']>) => void actions.edit({ analyzer: { ...analyzer, ...change } });
  const run = () => void actions.run(['analyze']);
  return (
    <>
      <StationHead station="analyze" />
      <Settings>
        <ParamForm
          schema={SPARSITY_SCHEMA}
          defaults={{ radius_um: 100 }}
          values={{ radius_um: analyzer.sparsity.radius_um }}
          onChange={({ radius_um }) =>
            set({ sparsity: { ...analyzer.sparsity, radius_um: typeof radius_um === 'number' ? radius_um : 100 } })
          }
          onRun={run}
        />
        <Extensions entries={catalogue.extensions} analyzer={analyzer} onChange={set} onRun={run} />
        <Metrics entries={catalogue.metrics} analyzer={analyzer} onChange={set} onRun={run} />
      </Settings>
    </>
  );
}

interface ListProps<E> {
  readonly entries: readonly E[];
  readonly analyzer: Session['analyzer'];
  onChange(change: Partial<Session['analyzer']>): void;
  onRun(): void;
}

function Extensions({ entries, analyzer: { extensions }, onChange, onRun }: ListProps<EntryInfo>) {
  return (
    <fieldset className="options">
      <legend>Extensions</legend>
      {entries.map((entry) => {
        const chosen = extensions.find(({ name }) => name === entry.name);
        const others = extensions.filter(({ name }) => name !== entry.name);
        return (
          <Choice
            key={entry.name}
            entry={entry}
            on={chosen !== undefined}
            values={chosen?.params ?? {}}
            onSwitch={(on) => onChange({ extensions: on ? [...others, { name: entry.name, params: {} }] : others })}
            onParams={(params) =>
              onChange({ extensions: extensions.map((e) => (e.name === entry.name ? { ...e, params } : e)) })
            }
            onRun={onRun}
          />
        );
      })}
    </fieldset>
  );
}

/** An empty list means all of them. */
function Metrics({ entries, analyzer, onChange, onRun }: ListProps<Catalogue['metrics'][number]>) {
  const all = entries.map(({ name }) => name);
  const { metrics, metric_params: params } = analyzer;
  const chosen = metrics.length === 0 ? all : metrics;
  const switched = (name: string, on: boolean) => {
    const next = on ? [...chosen, name] : chosen.filter((m) => m !== name);
    onChange({ metrics: next.length === all.length ? [] : all.filter((m) => next.includes(m)) });
  };
  return (
    <fieldset className="options">
      <legend>Quality metrics</legend>
      {entries.map((entry) => (
        <Choice
          key={entry.name}
          entry={entry}
          columns={entry.columns.map(({ label }) => label).join(', ')}
          on={chosen.includes(entry.name)}
          fixed={chosen.length === 1 && chosen.includes(entry.name)}
          values={params[entry.name] ?? {}}
          onSwitch={(on) => switched(entry.name, on)}
          onParams={(values) => onChange({ metric_params: { ...params, [entry.name]: values } })}
          onRun={onRun}
        />
      ))}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly entry: EntryInfo;
  /** Columns of the unit table it makes. */
  readonly columns?: string;
  readonly on: boolean;
  readonly fixed?: boolean;
  readonly values: Values;
  onSwitch(on: boolean): void;
  onParams(values: Session['recording']['params']): void;
  onRun(): void;
}

function Choice({ entry, columns, on, fixed, values, onSwitch, onParams, onRun }: ChoiceProps) {
  const hasParams = Object.keys(entry.defaults).length > 0;
  return (
    <div className="option">
      <label>
        <input type="checkbox" checked={on} disabled={fixed} onChange={(event) => onSwitch(event.target.checked)} />
        <span className="name">{entry.label}</span>
      </label>
      <p className="field-help">{entry.help}</p>
      {columns && columns !== entry.label && <p className="field-help">{`Columns: ${columns}`}</p>}
      {on && hasParams && (
        <details>
          <summary>
            {Object.keys(values).length > 0 ? `Settings (${Object.keys(values).length} changed)` : 'Settings'}
          </summary>
          <ParamForm
            schema={entry.schema}
            defaults={entry.defaults}
            values={values}
            onChange={(changed) => onParams(toParams(changed))}
            onRun={onRun}
          />
        </details>
      )}
    </div>
  );
}
