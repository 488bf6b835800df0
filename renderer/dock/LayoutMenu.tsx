import { Menu } from '@base-ui/react/menu';
import { LayoutDashboard, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { useActions } from '../panels/services.ts';
import { useLayout } from '../state/layout.ts';
import { useLayouts } from '../state/layouts.ts';
import { kinds } from './kinds.tsx';
import { shownDock } from './shownDock.ts';

/** Views to add, and the layouts of this station: the default, those with a name, save as. */
export function LayoutMenu() {
  const actions = useActions();
  const page = useLayout((s) => s.page);
  const all = useLayouts((s) => s.named);
  const named = useMemo(() => all.filter(({ station }) => station === page), [all, page]);
  return (
    <Menu.Root>
      <Menu.Trigger title="Views and layouts of this station">
        <LayoutDashboard size={14} aria-hidden />
        Layout
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" align="end" sideOffset={2}>
          <Menu.Popup className="menu">
            <Menu.SubmenuRoot>
              <Menu.SubmenuTrigger className="menu-item more">Add a view</Menu.SubmenuTrigger>
              <Menu.Portal>
                <Menu.Positioner className="menu-place" sideOffset={-2}>
                  <Menu.Popup className="menu">
                    {kinds.map(({ name, label, help }) => (
                      <Menu.Item key={name} className="menu-item" title={help} onClick={() => shownDock()?.add(name)}>
                        {label}
                      </Menu.Item>
                    ))}
                  </Menu.Popup>
                </Menu.Positioner>
              </Menu.Portal>
            </Menu.SubmenuRoot>
            <Menu.Separator className="menu-line" />
            <Menu.Item className="menu-item" onClick={actions.showDefaultLayout}>
              Default layout
            </Menu.Item>
            {named.map((layout) => (
              <Menu.Item key={layout.name} className="menu-item" onClick={() => actions.showLayout(layout)}>
                {layout.name}
              </Menu.Item>
            ))}
            <Menu.Separator className="menu-line" />
            <Menu.Item className="menu-item" onClick={actions.askLayoutName}>
              Save layout as…
            </Menu.Item>
            {named.length > 0 && (
              <Menu.SubmenuRoot>
                <Menu.SubmenuTrigger className="menu-item more">Delete a layout</Menu.SubmenuTrigger>
                <Menu.Portal>
                  <Menu.Positioner className="menu-place" sideOffset={-2}>
                    <Menu.Popup className="menu">
                      {named.map((layout) => (
                        <Menu.Item key={layout.name} className="menu-item" onClick={() => actions.removeLayout(layout)}>
                          <Trash2 size={12} aria-hidden />
                          {layout.name}
                        </Menu.Item>
                      ))}
                    </Menu.Popup>
                  </Menu.Positioner>
                </Menu.Portal>
              </Menu.SubmenuRoot>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
