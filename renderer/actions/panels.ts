import { panelsOf } from '../dock/arrangement.ts';
import { shownDock } from '../dock/shownDock.ts';
import { lastingPanels } from '../settings/layouts.ts';
import { useLayout } from '../state/layout.ts';
import { type NamedLayout, useLayouts } from '../state/layouts.ts';
import { panelValues } from '../state/panels.ts';

/** What can be done with the panels of the station that is shown, and with its layouts. */
export function panelActions() {
  return {
    toggleFocus: () => useLayout.setState(({ focused }) => ({ focused: !focused })),
    maximisePanel: () => shownDock()?.toggleMaximised(),
    stepPanel: (by: 1 | -1) => shownDock()?.stepGroup(by),
    stepTab: (by: 1 | -1) => shownDock()?.step(by),
    closePanel: () => shownDock()?.close(),
    duplicatePanel: () => {
      const dock = shownDock();
      if (dock?.activeId !== undefined) dock.duplicate(dock.activeId);
    },
    showDefaultLayout: () => shownDock()?.use(undefined),
    askLayoutName: () => useLayout.getState().show('layout-save'),
    /** The panels as they are now under a name. */
    saveLayout(name: string): void {
      const dock = shownDock();
      const arrangement = dock?.arrangement;
      if (!dock || !arrangement) return;
      const shown = new Set(panelsOf(arrangement));
      const panels = Object.fromEntries(Object.entries(lastingPanels()).filter(([id]) => shown.has(id)));
      useLayouts.getState().saveAs({ name, station: dock.station, arrangement, panels });
    },
    showLayout(layout: NamedLayout): void {
      const shown = new Set(panelsOf(layout.arrangement));
      const others = Object.entries(panelValues.getState()).filter(([id]) => !shown.has(id));
      panelValues.setState({ ...Object.fromEntries(others), ...layout.panels }, true);
      shownDock()?.use(layout.arrangement);
    },
    removeLayout: ({ station, name }: NamedLayout) => useLayouts.getState().remove(station, name),
  };
}
