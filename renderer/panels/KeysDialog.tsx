import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { commands } from '../commands.ts';
import { keyLabel, keysOf } from '../keyMap.ts';
import { best } from '../palette/search.ts';
import { IS_MAC } from '../platform.ts';
import { useKeys } from '../state/keys.ts';
import { useLayout } from '../state/layout.ts';
import { KeyRow } from './KeyRow.tsx';

/** All keys, from the one table; each can be changed here. */
export function KeysDialog() {
  const open = useLayout((s) => s.open === 'help');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => useLayout.getState().show(next ? 'help' : undefined)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog keys">
          <Keys />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Keys() {
  const changed = useKeys((s) => s.changed);
  const [typed, setTyped] = useState('');
  const searched = commands.map((command) => {
    const keys = keysOf(command, changed).map((key) => keyLabel(key, IS_MAC));
    return { command, text: command.label.toLowerCase(), also: `${command.section} ${keys.join(' ')}`.toLowerCase() };
  });
  const found = new Set(best(searched, typed, commands.length).map(({ command }) => command));
  const sections = [...new Set([...found].map(({ section }) => section))];
  const inOrder = commands.filter((command) => found.has(command));
  const all = typed.trim() === '';
  return (
    <>
      <div className="line">
        <Dialog.Title>Keys</Dialog.Title>
        <input
          type="search"
          placeholder="Find a command or a key"
          aria-label="Find a command or a key"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="quiet">Click a key to change it.</span>
        <span className="spring" />
        {Object.keys(changed).length > 0 && (
          <button type="button" onClick={() => useKeys.getState().resetAll()}>
            Reset all keys
          </button>
        )}
        <Dialog.Close>Close</Dialog.Close>
      </div>
      <div className="scroller">
        <div className="sections">
          {sections.map((section) => (
            <section key={section}>
              <h3>{section}</h3>
              <ul>
                {inOrder
                  .filter((command) => command.section === section)
                  .map((command) => (
                    <KeyRow key={command.id} command={command} />
                  ))}
              </ul>
            </section>
          ))}
          {all && <Mouse />}
          {found.size === 0 && <p className="quiet">No command of that name.</p>}
        </div>
      </div>
    </>
  );
}

const MOUSE = [
  ['Move a picture', 'Drag'],
  ['Zoom at the pointer', 'Wheel'],
  ['Height of traces, waveforms; bins', 'Ctrl+wheel'],
  ['Fewer or more rows of traces', 'Shift+wheel'],
  ['Select what lies in a loop', 'Shift+drag'],
  ['Back to all', 'Double click'],
  ['Select the unit of a spike', 'Ctrl+click in traces'],
  ['Move a panel', 'Drag its tab'],
  ['Let a panel fill the dock', 'Double click its tab'],
] as const;

function Mouse() {
  return (
    <section>
      <h3>Mouse</h3>
      <ul>
        {MOUSE.map(([does, how]) => (
          <li className="key-row" key={does}>
            <span className="name">{does}</span>
            <kbd>{how}</kbd>
          </li>
        ))}
      </ul>
    </section>
  );
}
