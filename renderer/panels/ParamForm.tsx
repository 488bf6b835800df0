import { RotateCcw } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { Json } from '../../core/shared/json.ts';
import { type Field, fieldsOf } from '../forms/fields.ts';
import { formatField, optionLabel, parseField } from '../forms/parse.ts';
import { currentValue, isDefault, type Values, withValue } from '../forms/values.ts';
import { NumberSlider } from './NumberSlider.tsx';

interface Named {
  readonly value: Json;
  readonly label: string;
}

interface Props {
  /** JSON Schema of the params. */
  readonly schema: Json;
  readonly defaults: Values;
  /** What differs from the defaults. */
  readonly values: Values;
  /** Only these fields; left out: all. */
  readonly only?: readonly string[];
  /** Names in words of the values of a field, where the values themselves are not shown. */
  readonly names?: Readonly<Record<string, readonly Named[]>>;
  onChange(values: Values): void;
  /** Enter in a field. */
  onRun?(): void;
  /** Numbers have sliders; these are the values while one is dragged. */
  onDraft?(values: Values): void;
}

/** A form made from the declaration of the params. A value is taken over when the field is left or Enter is pressed. */
export function ParamForm({ schema, defaults, values, only, names, onChange, onRun, onDraft }: Props) {
  const fields = fieldsOf(schema).filter(({ name }) => !only || only.includes(name));
  const usual = fields.filter(({ advanced }) => !advanced || only);
  const advanced = fields.filter((field) => field.advanced && !only);
  const row = (field: Field) => (
    <FieldRow
      key={field.name}
      field={{ ...field, default: defaults[field.name] ?? field.default }}
      value={currentValue(field, values, defaults)}
      names={names?.[field.name] ?? []}
      onChange={(value) => onChange(withValue(field, value, values, defaults))}
      {...(onRun && { onRun })}
      {...(onDraft && { onDraft: (value: Json) => onDraft(withValue(field, value, values, defaults)) })}
    />
  );
  if (fields.length === 0) return <p className="quiet">Nothing to set.</p>;
  return (
    <div className="form">
      {usual.map(row)}
      {advanced.length > 0 && (
        <details className="advanced" open={advanced.some((field) => !isDefault(field, values, defaults)) || undefined}>
          <summary>{`Rarely changed (${advanced.length})`}</summary>
          {advanced.map(row)}
        </details>
      )}
    </div>
  );
}

interface RowProps {
  readonly field: Field;
  readonly value: Json | undefined;
  readonly names: readonly Named[];
  onChange(value: Json): void;
  onRun?(): void;
  onDraft?(value: Json): void;
}

function FieldRow({ field, value, names, onChange, onRun, onDraft }: RowProps) {
  const id = useId();
  const current = formatField(field, value);
  const [typed, setTyped] = useState(current);
  useEffect(() => setTyped(current), [current]);
  const parsed = parseField(field, typed);
  const wrong = typed !== current && 'wrong' in parsed ? parsed.wrong : undefined;
  const changed = field.default !== undefined && current !== formatField(field, field.default);

  /** Takes over what is typed; false when it is wrong. */
  function take(text: string): boolean {
    const result = parseField(field, text);
    if ('wrong' in result) return false;
    if (formatField(field, result.value) !== current) onChange(result.value);
    return true;
  }

  const control = { id, 'aria-describedby': `${id}-help`, 'aria-invalid': wrong !== undefined } as const;
  return (
    <div className="field">
      <label htmlFor={id}>{field.label}</label>
      <div className="control">
        {field.input.kind === 'switch' ? (
          <input
            type="checkbox"
            {...control}
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
        ) : field.input.kind === 'choice' ? (
          <select {...control} value={current} onChange={(event) => take(event.target.value)}>
            {field.input.options.map((option) => (
              <option key={optionLabel(option)} value={formatField(field, option)}>
                {named(option, names)}
              </option>
            ))}
          </select>
        ) : (
          <input
            type="text"
            {...control}
            className={field.input.kind === 'number' ? 'number' : undefined}
            inputMode={field.input.kind === 'number' ? 'decimal' : undefined}
            placeholder={'empty' in field.input && field.input.empty ? 'none' : undefined}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={() => take(typed)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setTyped(current);
              if (event.key === 'Enter' && take(typed)) onRun?.();
            }}
          />
        )}
        <span className="unit">{field.unit}</span>
        {changed && (
          <button
            type="button"
            className="default"
            title="Back to the default"
            onClick={() => onChange(field.default ?? null)}
          >
            <RotateCcw size={11} aria-hidden />
            {`default ${names.find((one) => one.value === field.default)?.label ?? (formatField(field, field.default) || 'none')}`}
          </button>
        )}
      </div>
      {onDraft && typeof value === 'number' && (
        <NumberSlider field={field} value={value} onDraft={onDraft} onChange={onChange} />
      )}
      <p className={wrong ? 'field-help wrong' : 'field-help'} id={`${id}-help`}>
        {wrong ?? field.help}
      </p>
    </div>
  );
}

function named(value: Json, names: readonly Named[]): string {
  return names.find((one) => one.value === value)?.label ?? optionLabel(value);
}
