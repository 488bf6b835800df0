import { Dialog } from '@base-ui/react/dialog';
import { type Command, commands, keyLabel } from '../commands.ts';
import { useLayout } from '../state/layout.ts';

const IS_MAC = navigator.platform.startsWith('Mac');

/** All keys, from the one table. */
export function HelpDialog() {
  const open = useLayout((s) => s.helpOpen);
  const sections = [...new Set(commands.map(({ section }) => section))];
  return (
    <Dialog.Root open={open} onOpenChange={(helpOpen) => useLayout.setState({ helpOpen })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog keys">
          <div className="line">
            <Dialog.Title>Keys</Dialog.Title>
            <span className="spring" />
            <Dialog.Close>Close</Dialog.Close>
          </div>
          <div className="sections">
            {sections.map((section) => (
              <section key={section}>
                <h3>{section}</h3>
                <dl>
                  {commands
                    .filter((command) => command.section === section)
                    .map((command) => (
                      <KeyRow key={command.id} command={command} />
                    ))}
                </dl>
              </section>
            ))}
            <section>
              <h3>Mouse</h3>
              <dl>
                <MouseRow does="Move a picture" how="Drag" />
                <MouseRow does="Zoom at the pointer" how="Wheel" />
                <MouseRow does="Height of traces, waveforms; bins" how="Ctrl+wheel" />
                <MouseRow does="Fewer or more rows of traces" how="Shift+wheel" />
                <MouseRow does="Back to all" how="Double click" />
                <MouseRow does="Select the unit of a spike" how="Ctrl+click in traces" />
              </dl>
            </section>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function KeyRow({ command }: { readonly command: Command }) {
  return (
    <>
      <dt>{command.label}</dt>
      <dd>
        {command.keys.map((key) => (
          <kbd key={key}>{keyLabel(key, IS_MAC)}</kbd>
        ))}
      </dd>
    </>
  );
}

function MouseRow({ does, how }: { readonly does: string; readonly how: string }) {
  return (
    <>
      <dt>{does}</dt>
      <dd>
        <kbd>{how}</kbd>
      </dd>
    </>
  );
}
