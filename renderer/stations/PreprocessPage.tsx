import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { EntryInfo } from '../../core/shared/entry.ts';
import type { Session } from '../../core/shared/session.ts';
import { toParams } from '../forms/values.ts';
import { ParamForm } from '../panels/ParamForm.tsx';
import { Settings } from '../panels/Settings.tsx';
import { StationHead } from '../panels/StationHead.tsx';
import { useActions } from '../panels/services.ts';
import { useOpen } from './useOpen.ts';

type Step = Session['preprocess'][number];

/** The steps in order: add, remove, reorder, switch off, and what each does. */
export function PreprocessPage() {
  const { state, catalogue } = useOpen();
  const actions = useActions();
  const steps = state.session.preprocess;
  const set = (preprocess: Step[]) => void actions.edit({ preprocess });
  const replace = (at: number, step: Step) => set(steps.map((s, i) => (i === at ? step : s)));
  const move = (at: number, by: number) => {
    const moved = [...steps];
    const [step] = moved.splice(at, 1);
    if (step) moved.splice(at + by, 0, step);
    set(moved);
  };
  return (
    <>
      <StationHead station="preprocess" />
      <Settings>
        <ol className="cards" aria-label="Steps">
          {steps.map((step, i) => (
            <StepCard
              // biome-ignore lint/suspicious/noArrayIndexKey: the same step may be there twice; its place is its identity
              key={`${i} ${step.step}`}
              at={i}
              last={i === steps.length - 1}
              step={step}
              entry={catalogue.steps.find(({ name }) => name === step.step)}
              onChange={(next) => replace(i, next)}
              onMove={(by) => move(i, by)}
              onRemove={() => set(steps.filter((_, k) => k !== i))}
            />
          ))}
        </ol>
        {steps.length === 0 && <p className="quiet">No steps: the recording is sorted as it is.</p>}
        <AddStep entries={catalogue.steps} onAdd={(step) => set([...steps, { step, params: {}, enabled: true }])} />
      </Settings>
    </>
  );
}

interface CardProps {
  readonly at: number;
  readonly last: boolean;
  readonly step: Step;
  readonly entry: EntryInfo | undefined;
  onChange(step: Step): void;
  onMove(by: number): void;
  onRemove(): void;
}

function StepCard({ at, last, step, entry, onChange, onMove, onRemove }: CardProps) {
  const actions = useActions();
  const label = entry?.label ?? step.step;
  return (
    <li className={step.enabled ? 'card' : 'card off'} aria-label={label}>
      <div className="line">
        <span className="ordinal">{at + 1}</span>
        <h3>{label}</h3>
        {!step.enabled && <span className="quiet">off</span>}
        <span className="spring" />
        <label className="switch">
          <input
            type="checkbox"
            aria-label={`${label} on`}
            checked={step.enabled}
            onChange={(event) => onChange({ ...step, enabled: event.target.checked })}
          />
        </label>
        <button
          type="button"
          className="icon"
          aria-label={`Move ${label} up`}
          title="Earlier"
          disabled={at === 0}
          onClick={() => onMove(-1)}
        >
          <ArrowUp size={13} aria-hidden />
        </button>
        <button
          type="button"
          className="icon"
          aria-label={`Move ${label} down`}
          title="Later"
          disabled={last}
          onClick={() => onMove(1)}
        >
          <ArrowDown size={13} aria-hidden />
        </button>
        <button type="button" className="icon" aria-label={`Remove ${label}`} title="Remove" onClick={onRemove}>
          <Trash2 size={13} aria-hidden />
        </button>
      </div>
      <p className="quiet">{entry?.help ?? 'This version of Spikedesk does not know this step.'}</p>
      {entry && step.enabled && (
        <ParamForm
          schema={entry.schema}
          defaults={entry.defaults}
          values={step.params}
          onChange={(params) => onChange({ ...step, params: toParams(params) })}
          onRun={() => void actions.run(['preprocess'])}
        />
      )}
    </li>
  );
}

function AddStep({ entries, onAdd }: { readonly entries: readonly EntryInfo[]; onAdd(step: string): void }) {
  return (
    <details className="block add">
      <summary>
        <Plus size={13} aria-hidden />
        Add a step
      </summary>
      <ul className="choices">
        {entries.map(({ name, label, help }) => (
          <li key={name}>
            <button
              type="button"
              className="recent"
              aria-label={`Add ${label}`}
              onClick={(event) => {
                event.currentTarget.closest('details')?.removeAttribute('open');
                onAdd(name);
              }}
            >
              <span className="name">{label}</span>
              <span className="quiet wide">{help}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
