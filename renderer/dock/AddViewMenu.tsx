import { Menu } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { kinds } from './kinds.tsx';
import { shownDock } from './shownDock.ts';

interface Props {
  readonly className: string;
  readonly label: string;
  /** The group it is added to; left out: the one in use. */
  readonly groupId?: string;
  readonly children: ReactNode;
}

/** All views and tables, to be added to the dock; several of a kind may be there. */
export function AddViewMenu({ className, label, groupId, children }: Props) {
  return (
    <Menu.Root>
      <Menu.Trigger className={className} aria-label={label} title={label}>
        {children}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" align="start" sideOffset={2}>
          <Menu.Popup className="menu">
            {kinds.map(({ name, label, help }) => (
              <Menu.Item key={name} className="menu-item" title={help} onClick={() => shownDock()?.add(name, groupId)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
