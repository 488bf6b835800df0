import { Menu } from '@base-ui/react/menu';
import { Check, Settings2 } from 'lucide-react';

export interface Switch {
  readonly label: string;
  readonly keys: string;
  readonly on: boolean;
  toggle(): void;
}

/** What a view shows, behind a button in its head. */
export function OptionsMenu({ label, switches }: { readonly label: string; readonly switches: readonly Switch[] }) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="icon small" aria-label={label} title={label}>
        <Settings2 size={14} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" align="end" sideOffset={2}>
          <Menu.Popup className="menu">
            {switches.map(({ label: text, keys, on, toggle }) => (
              <Menu.CheckboxItem
                key={text}
                className="menu-item"
                checked={on}
                onCheckedChange={toggle}
                closeOnClick={false}
              >
                <span className="tick">{on && <Check size={12} aria-hidden />}</span>
                <span className="spring">{text}</span>
                <kbd>{keys}</kbd>
              </Menu.CheckboxItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
