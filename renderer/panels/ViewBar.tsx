import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Json } from '../../core/shared/json.ts';
import { type Field, fieldsOf } from '../forms/fields.ts';
import { formatField, optionLabel, parseField } from '../forms/parse.ts';
import { readParam, withParam } from '../forms/viewParams.ts';
import { schemaOf } from '../state/panels.ts';
import { useSession } from '../state/session.ts';
import type { Choice, View } from '../views/view.ts';
import type { ViewHost } from './viewHost.ts';

interface Props<Options> {
  readonly view: View<Options>;
  readonly options: StoreApi<Options>;
  readonly host: ViewHost<Options>;
}

/** The controls of a view that stand in its head. */
export function ViewBar<Options>({ view, options, host }: Props<Options>) {
  const now = useStore(options);
  useSession((s) => s.session); // what there is to choose depends on it
  const bar: readonly string[] = view.bar ?? [];
  if (bar.length === 0) return null;
  const choices = host.choices(now);
  const fields = fieldsOf(schemaOf(view)).filter(({ name }) => bar.includes(name));
  fields.sort((a, b) => bar.indexOf(a.name) - bar.indexOf(b.name));
  const change = (name: string, value: Json) => options.setState(withParam(view, now, name, value), true);
  return fields.map((field) => (
    <Control
      key={field.name}
      field={field}
      value={readParam(now, field.name)}
      choices={choices[field.name]}
      onChange={(value) => change(field.name, value)}
    />
  ));
}

interface ControlProps {
  readonly field: Field;
  readonly value: Json | undefined;
  readonly choices: readonly Choice[] | undefined;
  onChange(value: Json): void;
}

function Control({ field, value, choices, onChange }: ControlProps) {
  const { name, label, help, unit, input } = field;
  if (choices || input.kind === 'choice') {
    const offered = choices ?? (input.kind === 'choice' ? input.options.map(choiceOf) : []);
    if (offered.length < 2) return null;
    const index = offered.findIndex((choice) => choice.value === value);
    return (
      <select
        aria-label={label}
        title={help}
        data-param={name}
        value={Math.max(0, index)}
        onChange={(event) => onChange(offered[Number(event.target.value)]?.value ?? null)}
      >
        {offered.map((choice, i) => (
          <option key={choice.value} value={i}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  }
  if (input.kind === 'switch')
    return (
      <button
        type="button"
        className="toggle"
        aria-pressed={value === true}
        title={help}
        data-param={name}
        onClick={() => onChange(value !== true)}
      >
        {label}
      </button>
    );
  return <Typed field={field} value={value} unit={unit} onChange={onChange} />;
}

function Typed({ field, value, unit, onChange }: Omit<ControlProps, 'choices'> & { readonly unit: string }) {
  const current = formatField(field, value);
  const [typed, setTyped] = useState(current);
  useEffect(() => setTyped(current), [current]);
  const parsed = parseField(field, typed);
  const wrong = typed !== current && 'wrong' in parsed ? parsed.wrong : undefined;
  const take = () => {
    if ('value' in parsed && typed !== current) onChange(parsed.value);
  };
  return (
    <label className="bar-field" title={wrong ?? field.help}>
      <span>{field.label}</span>
      <input
        type="text"
        inputMode="decimal"
        data-param={field.name}
        aria-invalid={wrong !== undefined}
        value={typed}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => setTyped(current)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <span className="unit">{unit}</span>
    </label>
  );
}

function choiceOf(value: Json): Choice {
  return { value: typeof value === 'number' ? value : String(value), label: optionLabel(value) };
}
