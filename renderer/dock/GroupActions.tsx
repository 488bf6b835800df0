import type { IDockviewHeaderActionsProps } from 'dockview-react';
import { Maximize2, Minimize2, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useActions } from '../panels/services.ts';
import { useLayout } from '../state/layout.ts';
import { AddViewMenu } from './AddViewMenu.tsx';
import { shownDock } from './shownDock.ts';

/** After the tabs of a group: one more view there. */
export function AddHere({ group }: IDockviewHeaderActionsProps) {
  return (
    <AddViewMenu className="icon group-action" label="Add a view here" groupId={group.id}>
      <Plus size={12} aria-hidden />
    </AddViewMenu>
  );
}

/** At the right end: the group fills the dock, and back. */
export function GroupActions({ api, containerApi, activePanel }: IDockviewHeaderActionsProps) {
  const [maximised, setMaximised] = useState(api.isMaximized());
  useEffect(() => {
    const changed = containerApi.onDidMaximizedGroupChange(() => setMaximised(api.isMaximized()));
    return () => changed.dispose();
  }, [api, containerApi]);
  const { toggleFocus } = useActions();
  const focused = useLayout((s) => s.focused);
  const label = maximised ? 'Show all panels again (Alt+Enter)' : 'Fill the dock with this panel (Alt+Enter)';
  const Icon = maximised ? Minimize2 : Maximize2;
  return (
    <>
      {focused && (
        <button
          type="button"
          className="group-action leave"
          onClick={toggleFocus}
          title="Show all around the views (Alt+F)"
        >
          Leave focus
        </button>
      )}
      <button
        type="button"
        className="icon group-action"
        aria-label={label}
        title={label}
        onClick={() => shownDock()?.toggleMaximised(activePanel?.id)}
      >
        <Icon size={12} aria-hidden />
      </button>
    </>
  );
}
