import { ChevronDown, ChevronRight, GripVertical, Trash2 } from 'lucide-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { EntryInfo } from '../../../core/shared/entry.ts';
import type { Session } from '../../../core/shared/session.ts';
import { fieldsOf } from '../../forms/fields.ts';
import { formatField } from '../../forms/parse.ts';
import { toParams } from '../../forms/values.ts';
import { ParamForm } from '../../panels/ParamForm.tsx';
import { useActions } from '../../panels/services.ts';
import { BadChannels } from './BadChannels.tsx';

type Step = Session['preprocess'][number];

interface Props {
  readonly at: number;
  readonly step: Step;
  /** Up to this one, it included. */
  readonly upTo: readonly Step[];
  readonly entry: EntryInfo | undefined;
  readonly open: boolean;
  onOpen(): void;
  onChange(step: Step): void;
  onDraft(step: Step): void;
  onMove(by: number): void;
  onGrab(event: PointerEvent): void;
  onRemove(): void;
}

/** One step: its head, and when it is open what it is for and its parameters. */
export function StepCard({ at, step, upTo, entry, open, onOpen, onChange, onDraft, onMove, onGrab, onRemove }: Props) {
  const actions = useActions();
  const label = entry?.label ?? step.step;
  const keys = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation(); // alt with an arrow is a key of the traces elsewhere
    onMove(by);
  };
  return (
    <li className={['card', !step.enabled && 'off', open && 'open'].filter(Boolean).join(' ')} aria-label={label}>
      <div className="line">
        <button
          type="button"
          className="icon small handle"
          data-handle
          aria-label={`Move ${label}`}
          title="Drag to another place, or use the arrow keys"
          onPointerDown={onGrab}
          onKeyDown={keys}
        >
          <GripVertical size={13} aria-hidden />
        </button>
        <span className="ordinal">{at + 1}</span>
        <button
          type="button"
          className="opener"
          aria-expanded={open}
          title={
            open ? 'Close: the views then show what all steps do' : 'Open: the views then show what this step does'
          }
          onClick={onOpen}
        >
          <h3>{label}</h3>
          <span className="quiet given">{step.enabled ? givenText(step, entry) : 'off'}</span>
          {open ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
        </button>
        <label className="switch">
          <input
            type="checkbox"
            aria-label={`${label} on`}
            title={step.enabled ? 'On; click to leave it out' : 'Off; click to apply it'}
            checked={step.enabled}
            onChange={(event) => onChange({ ...step, enabled: event.target.checked })}
          />
        </label>
        <button type="button" className="icon small" aria-label={`Remove ${label}`} title="Remove" onClick={onRemove}>
          <Trash2 size={13} aria-hidden />
        </button>
      </div>
      {open && <p className="quiet">{entry?.help ?? 'This version of Spikedesk does not know this step.'}</p>}
      {open && entry && looksForBad(entry) && step.enabled && <BadChannels steps={upTo} onChange={onChange} />}
      {open && entry && (
        <ParamForm
          schema={entry.schema}
          defaults={entry.defaults}
          values={step.params}
          onChange={(params) => onChange({ ...step, params: toParams(params) })}
          onDraft={(params) => onDraft({ ...step, params: toParams(params) })}
          onRun={() => void actions.run(['preprocess'])}
        />
      )}
    </li>
  );
}

/** It detects bad channels, and its parameters can overrule what it finds. */
function looksForBad({ defaults }: EntryInfo): boolean {
  return 'bad_channel_ids' in defaults && 'method' in defaults;
}

/** What is not as by default, in a few words: "From 500 Hz". */
function givenText({ params }: Step, entry: EntryInfo | undefined): string {
  if (!entry) return 'not known';
  const fields = fieldsOf(entry.schema);
  return Object.entries(params)
    .flatMap(([name, value]) => {
      const field = fields.find((one) => one.name === name);
      const text = field && formatField(field, value);
      return field && text !== undefined && text.length < 24
        ? [`${field.label} ${text || 'none'} ${field.unit}`.trim()]
        : [];
    })
    .join(', ');
}
