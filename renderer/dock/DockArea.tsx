import { DockviewReact, type DockviewReadyEvent, type DockviewTheme, type IDockviewPanelProps } from 'dockview-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Station } from '../../core/shared/session.ts';
import { Dock } from './dock.ts';
import { EmptyDock } from './EmptyDock.tsx';
import { AddHere, GroupActions } from './GroupActions.tsx';
import { kindOf, titleOf } from './kinds.tsx';
import { PanelBoundary } from './PanelBoundary.tsx';
import { PanelTab } from './PanelTab.tsx';
import { PANEL } from './serialized.ts';
import { showDock } from './shownDock.ts';

const THEME: DockviewTheme = {
  name: 'spikedesk',
  className: 'dockview-theme-spikedesk',
  dndOverlayMounting: 'absolute',
  dndPanelOverlay: 'group',
};
const COMPONENTS = { [PANEL]: PanelContent };

/** Views and tables of a station, to be moved, split, tabbed, closed and added. */
export function DockArea({ station }: { readonly station: Station }) {
  const element = useRef<HTMLDivElement>(null);
  const [api, setApi] = useState<DockviewReadyEvent['api']>();
  const ready = useCallback((event: DockviewReadyEvent) => setApi(event.api), []);
  useEffect(() => {
    if (!api || !element.current) return;
    const dock = new Dock(api, element.current, station);
    const hide = showDock(dock);
    return () => {
      hide();
      dock.dispose();
    };
  }, [api, station]);
  return (
    <div className="dock" ref={element}>
      <DockviewReact
        components={COMPONENTS}
        defaultTabComponent={PanelTab}
        leftHeaderActionsComponent={AddHere}
        rightHeaderActionsComponent={GroupActions}
        watermarkComponent={EmptyDock}
        theme={THEME}
        disableFloatingGroups
        dndStrategy="pointer"
        scrollbars="native"
        onReady={ready}
      />
    </div>
  );
}

function PanelContent({ api }: IDockviewPanelProps) {
  return <PanelBoundary title={titleOf(api.id)}>{kindOf(api.id)?.panel(api.id)}</PanelBoundary>;
}
