import { Menu } from '@base-ui/react/menu';
import { ListChecks, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { EntryInfo } from '../../../core/shared/entry.ts';
import type { Session } from '../../../core/shared/session.ts';
import { toParams } from '../../forms/values.ts';
import { useServices } from '../../panels/services.ts';
import { usePresets } from '../../state/presets.ts';
import { useProblems } from '../../state/problems.ts';
import { useOpen } from '../useOpen.ts';
import { presetText, readPreset } from './presetFile.ts';
import { SavePresetDialog } from './SavePresetDialog.tsx';

type Steps = Session['preprocess'];

interface Props {
  readonly steps: Steps;
  onApply(steps: Steps): void;
}

/** Chains in one click: usual ones, the user's own, those in files. */
export function PresetMenu({ steps, onApply }: Props) {
  const { state, catalogue } = useOpen();
  const { desktop } = useServices();
  const own = usePresets((s) => s.own);
  const [naming, setNaming] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const { tell } = useProblems.getState();

  async function open(chosen: File | undefined): Promise<void> {
    if (!chosen) return;
    try {
      onApply([...readPreset(await chosen.text(), chosen.name).steps]);
    } catch (error) {
      tell(error);
    }
  }
  function share(): void {
    const name = state.session.name || 'preprocessing';
    const bytes = new TextEncoder().encode(presetText(name, steps));
    void desktop.savePicture({ name: `${name.replaceAll(/[/\\:]/g, '-')}.json`, bytes }).catch(tell);
  }

  return (
    <>
      <Menu.Root>
        <Menu.Trigger title="Chains that are often used, and your own">
          <ListChecks size={13} aria-hidden />
          Presets
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="menu-place" align="start" sideOffset={2}>
            <Menu.Popup className="menu presets-menu">
              {catalogue.presets.map(({ name, label, help, steps: of }) => {
                const missing = missingOf(of, catalogue.steps);
                return (
                  <Menu.Item
                    key={name}
                    className="menu-item tall"
                    disabled={missing.length > 0}
                    onClick={() =>
                      onApply(of.map(({ step, params }) => ({ step, params: toParams(params), enabled: true })))
                    }
                  >
                    <span className="name">{label}</span>
                    <span className="quiet">
                      {missing.length > 0 ? `Needs ${missing.join(', ')}, which this version does not have.` : help}
                    </span>
                  </Menu.Item>
                );
              })}
              {own.length > 0 && <Menu.Separator className="menu-line" />}
              {own.map((preset) => (
                <Menu.Item key={preset.name} className="menu-item" onClick={() => onApply([...preset.steps])}>
                  {preset.name}
                  <span className="quiet">{`${preset.steps.length} steps`}</span>
                </Menu.Item>
              ))}
              <Menu.Separator className="menu-line" />
              <Menu.Item className="menu-item" disabled={steps.length === 0} onClick={() => setNaming(true)}>
                Save this chain as a preset…
              </Menu.Item>
              <Menu.Item className="menu-item" disabled={steps.length === 0} onClick={share}>
                Save this chain to a file…
              </Menu.Item>
              <Menu.Item className="menu-item" onClick={() => file.current?.click()}>
                Open a chain from a file…
              </Menu.Item>
              {own.length > 0 && <DeleteMenu />}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="File of a chain"
        onChange={(event) => {
          void open(event.target.files?.[0]);
          event.target.value = ''; // the same file can be chosen again
        }}
      />
      <SavePresetDialog open={naming} steps={steps} onClose={() => setNaming(false)} />
    </>
  );
}

function DeleteMenu() {
  const own = usePresets((s) => s.own);
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className="menu-item more">Delete a preset</Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" sideOffset={-2}>
          <Menu.Popup className="menu">
            {own.map(({ name }) => (
              <Menu.Item key={name} className="menu-item" onClick={() => usePresets.getState().remove(name)}>
                <Trash2 size={12} aria-hidden />
                {name}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}

function missingOf(steps: readonly { readonly step: string }[], known: readonly EntryInfo[]): string[] {
  const names = steps.map(({ step }) => step).filter((step) => !known.some(({ name }) => name === step));
  return [...new Set(names)];
}
