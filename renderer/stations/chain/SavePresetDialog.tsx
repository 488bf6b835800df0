import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { Session } from '../../../core/shared/session.ts';
import { usePresets } from '../../state/presets.ts';

interface Props {
  readonly steps: Session['preprocess'];
  onClose(): void;
}

/** Asks for the name of a preset. */
export function SavePresetDialog({ open, ...props }: Props & { readonly open: boolean }) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>Save the chain as a preset</Dialog.Title>
          <NameForm {...props} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function NameForm({ steps, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const exists = usePresets((s) => s.own.some((one) => one.name === name));
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name === '') return;
        usePresets.getState().save({ name, steps });
        onClose();
      }}
    >
      <p className="quiet">Its steps with their parameters. It is offered under Presets, also for other recordings.</p>
      <label className="field">
        <span>Name</span>
        <input type="text" maxLength={60} value={typed} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <div className="line">
        <span className="quiet">{exists ? 'Replaces the preset of that name.' : ''}</span>
        <span className="spring" />
        <Dialog.Close>Cancel</Dialog.Close>
        <button type="submit" className="primary" disabled={name === ''}>
          Save
        </button>
      </div>
    </form>
  );
}
