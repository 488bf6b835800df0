import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';

interface Props {
  readonly title: string;
  /** What is saved, and where it will be found. */
  readonly help: string;
  /** "layout", "preset" */
  readonly what: string;
  isTaken(name: string): boolean;
  onSave(name: string): void;
  onClose(): void;
}

/** Asks for the name that something is saved under. */
export function NameDialog({ open, title, ...form }: Props & { readonly open: boolean }) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && form.onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>{title}</Dialog.Title>
          <NameForm {...form} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function NameForm({ help, what, isTaken, onSave, onClose }: Omit<Props, 'title'>) {
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name === '') return;
        onSave(name);
        onClose();
      }}
    >
      <p className="quiet">{help}</p>
      <label className="field">
        <span>Name</span>
        <input type="text" maxLength={60} value={typed} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <div className="line">
        <span className="quiet">{isTaken(name) ? `Replaces the ${what} of that name.` : ''}</span>
        <span className="spring" />
        <Dialog.Close>Cancel</Dialog.Close>
        <button type="submit" className="primary" disabled={name === ''}>
          Save
        </button>
      </div>
    </form>
  );
}
