import { useState } from 'react';
import type { Session } from '../../core/shared/session.ts';
import { toParams } from '../forms/values.ts';
import { ParamForm } from '../panels/ParamForm.tsx';
import { PathField } from '../panels/PathField.tsx';
import { Settings } from '../panels/Settings.tsx';
import { StationHead } from '../panels/StationHead.tsx';
import { useActions } from '../panels/services.ts';
import { useOpen } from './useOpen.ts';

type Probe = NonNullable<Session['probe']>;

/** A probe kept in the session itself came with the recording. */
function kindOf(probe: Probe): string {
  if ('file' in probe) return 'file';
  return 'generator' in probe ? probe.generator : 'recording';
}

/** Where the contacts sit: as the recording tells, from a file, or made. */
export function ProbePage() {
  const { state, catalogue } = useOpen();
  const actions = useActions();
  const { probe } = state.session;
  const carried = state.recording?.probe !== undefined;
  const now = probe ? kindOf(probe) : carried ? 'recording' : '';
  const [asFile, setAsFile] = useState(now === 'file');
  const chosen = asFile ? 'file' : now;
  const set = (next: Probe | undefined) => {
    setAsFile(false);
    void actions.edit({ probe: next });
  };
  return (
    <>
      <StationHead station="probe" />
      <Settings>
        {!state.layout && (
          <p className="note">
            This recording does not tell where its channels are. Choose a probe once; it is kept in the session.
          </p>
        )}
        <fieldset className="options">
          <legend>Which probe</legend>
          <Option
            name="As recorded"
            help="The probe the recording carries."
            value="recording"
            chosen={chosen}
            disabled={!carried && probe === undefined}
            onChoose={() => set(undefined)}
          />
          {catalogue.probes.map((entry) => (
            <Option
              key={entry.name}
              name={entry.label}
              help={entry.help}
              value={entry.name}
              chosen={chosen}
              onChoose={() => set({ generator: entry.name, params: {} })}
            >
              {probe && 'generator' in probe && probe.generator === entry.name && (
                <ParamForm
                  schema={entry.schema}
                  defaults={entry.defaults}
                  values={probe.params}
                  onChange={(params) => set({ generator: entry.name, params: toParams(params) })}
                  onRun={() => void actions.run(['probe'])}
                />
              )}
            </Option>
          ))}
          <Option
            name="From a file"
            help="A probeinterface JSON file."
            value="file"
            chosen={chosen}
            onChoose={() => setAsFile(true)}
          >
            <PathField
              label="Probe file"
              path={probe && 'file' in probe ? probe.file : ''}
              kind="file"
              filters={[{ name: 'probeinterface', extensions: ['json', 'prb'] }]}
              onChange={(file) => set({ file })}
            />
          </Option>
        </fieldset>
      </Settings>
    </>
  );
}

interface OptionProps {
  readonly name: string;
  readonly help: string;
  readonly value: string;
  readonly chosen: string;
  readonly disabled?: boolean;
  onChoose(): void;
  readonly children?: React.ReactNode;
}

function Option({ name, help, value, chosen, disabled, onChoose, children }: OptionProps) {
  return (
    <div className="option">
      <label>
        <input
          type="radio"
          name="probe"
          value={value}
          checked={chosen === value}
          disabled={disabled}
          onChange={onChoose}
        />
        <span className="name">{name}</span>
      </label>
      <p className="field-help">{help}</p>
      {chosen === value && children}
    </div>
  );
}
