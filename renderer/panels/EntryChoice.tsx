import { useId } from 'react';
import type { EntryInfo } from '../../core/shared/entry.ts';
import type { Values } from '../forms/values.ts';
import { ParamForm } from './ParamForm.tsx';
import { PathField } from './PathField.tsx';

interface Props {
  /** "For", "As" */
  readonly legend: string;
  readonly entries: readonly EntryInfo[];
  readonly chosen: string;
  readonly folder: string;
  readonly kind: 'folder' | 'save';
  /** What the folder may be. */
  readonly folderHelp: string;
  readonly params: Values;
  onChoose(name: string): void;
  onFolder(path: string): void;
  onParams(params: Values): void;
  /** Enter in the folder's field. */
  onRun(): void;
  /** Enter in a field of the params. */
  onParamsRun?(): void;
}

/** One of several ways to write something, with its folder and parameters. */
export function EntryChoice({ legend, entries, chosen, folder, kind, folderHelp, params, ...on }: Props) {
  const group = useId();
  return (
    <fieldset className="options">
      <legend>{legend}</legend>
      {entries.map((entry) => (
        <div className="option" key={entry.name}>
          <label>
            <input type="radio" name={group} checked={chosen === entry.name} onChange={() => on.onChoose(entry.name)} />
            <span className="name">{entry.label}</span>
          </label>
          <p className="field-help">{entry.help}</p>
          {chosen === entry.name && (
            <>
              <PathField
                label="Folder"
                path={folder}
                kind={kind}
                help={folderHelp}
                onChange={on.onFolder}
                onRun={on.onRun}
              />
              <ParamForm
                schema={entry.schema}
                defaults={entry.defaults}
                values={params}
                onChange={on.onParams}
                {...(on.onParamsRun && { onRun: on.onParamsRun })}
              />
            </>
          )}
        </div>
      ))}
    </fieldset>
  );
}
