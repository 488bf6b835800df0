import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { useActions } from '../panels/services.ts';
import { useLayout } from '../state/layout.ts';
import { useLayouts } from '../state/layouts.ts';

/** Asks for the name of a layout. */
export function SaveLayoutDialog() {
  const open = useLayout((s) => s.open === 'layout-save');
  const { show } = useLayout.getState();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => show(next ? 'layout-save' : undefined)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>Save the layout under a name</Dialog.Title>
          <NameForm onDone={() => show(undefined)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function NameForm({ onDone }: { onDone(): void }) {
  const actions = useActions();
  const page = useLayout((s) => s.page);
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const exists = useLayouts((s) => s.named.some((one) => one.station === page && one.name === name));
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name === '') return;
        actions.saveLayout(name);
        onDone();
      }}
    >
      <p className="quiet">
        Which panels are there, where, and how each looks. It is offered at this station, under Layout.
      </p>
      <label className="field">
        <span>Name</span>
        <input type="text" maxLength={60} value={typed} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <div className="line">
        <span className="quiet">{exists ? 'Replaces the layout of that name.' : ''}</span>
        <span className="spring" />
        <Dialog.Close>Cancel</Dialog.Close>
        <button type="submit" className="primary" disabled={name === ''}>
          Save
        </button>
      </div>
    </form>
  );
}
