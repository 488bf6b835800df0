import { Menu } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { shownDock } from '../dock/shownDock.ts';
import type { View } from '../views/view.ts';
import { ExplainDialog, type Explanation } from './ExplainDialog.tsx';
import { useSaveView } from './useSaveView.ts';
import type { ViewHost } from './viewHost.ts';

interface Props<Options> {
  readonly view: View<Options>;
  readonly panelId: string;
  readonly host: ViewHost<Options>;
}

/** What can be done with the picture: saved, explained, shown once more, closed. */
export function PanelMenu<Options>({ view, panelId, host }: Props<Options>) {
  const save = useSaveView(view, host);
  const [explained, setExplained] = useState<Explanation>();
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="icon small" aria-label={`${view.label} menu`} title="Save, explain, duplicate, close">
          <Ellipsis size={14} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="menu-place" align="end" sideOffset={2}>
            <Menu.Popup className="menu">
              <Menu.Item className="menu-item" onClick={() => void save.png()}>
                Save the picture (PNG)…
              </Menu.Item>
              <Menu.Item className="menu-item" onClick={() => void save.svg()}>
                Save as a drawing (SVG)…
              </Menu.Item>
              {view.table && (
                <Menu.Item className="menu-item" onClick={() => void save.csv()}>
                  Save the numbers (CSV)…
                </Menu.Item>
              )}
              <Menu.Item className="menu-item" onClick={() => setExplained(host.explain())}>
                Explain…
              </Menu.Item>
              <Menu.Separator className="menu-line" />
              <Menu.Item className="menu-item" onClick={() => shownDock()?.duplicate(panelId)}>
                Once more, beside it
              </Menu.Item>
              <Menu.Item className="menu-item" onClick={() => shownDock()?.close(panelId)}>
                Close
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <ExplainDialog title={view.label} rows={explained} onClose={() => setExplained(undefined)} />
    </>
  );
}
