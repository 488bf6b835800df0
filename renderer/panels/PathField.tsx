import { useEffect, useId, useState } from 'react';
import type { PickRequest } from '../../core/shared/desktop.ts';
import { useServices } from './services.ts';

interface Props {
  readonly label: string;
  readonly path: string;
  readonly kind: PickRequest['kind'];
  readonly filters?: PickRequest['filters'];
  readonly help?: string;
  onChange(path: string): void;
  onRun?(): void;
}

/** A path to type or to choose in the system's dialog. */
export function PathField({ label, path, kind, filters, help, onChange, onRun }: Props) {
  const { desktop } = useServices();
  const id = useId();
  const [typed, setTyped] = useState(path);
  useEffect(() => setTyped(path), [path]);
  const take = () => {
    if (typed.trim() !== '' && typed !== path) onChange(typed.trim());
  };
  async function choose(): Promise<void> {
    const [picked] = await desktop.pick({ kind, title: label, ...(path && { path }), ...(filters && { filters }) });
    if (picked !== undefined) onChange(picked);
  }
  return (
    <div className="field path-field">
      <label htmlFor={id}>{label}</label>
      <div className="control">
        <input
          id={id}
          type="text"
          className="mono"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            take();
            onRun?.();
          }}
        />
        <button type="button" onClick={() => void choose()}>
          Choose
        </button>
      </div>
      {help && <p className="field-help">{help}</p>}
    </div>
  );
}
