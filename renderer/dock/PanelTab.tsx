import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { X } from 'lucide-react';
import { kindOf, titleOf } from './kinds.tsx';
import { shownDock } from './shownDock.ts';

/** The tab of a panel: drag moves it, a double click lets it fill the dock, the middle button closes it. */
export function PanelTab({ api }: IDockviewPanelHeaderProps) {
  const title = titleOf(api.id);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dockview's tab around it has the focus and the role; keys are in commands.ts
    <div
      className="panel-tab"
      title={kindOf(api.id)?.help}
      onDoubleClick={() => shownDock()?.toggleMaximised(api.id)}
      onAuxClick={(event) => {
        if (event.button === 1) api.close();
      }}
    >
      <span>{title}</span>
      <button
        type="button"
        className="close"
        aria-label={`Close ${title}`}
        title={`Close ${title}`}
        onPointerDown={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onClick={() => api.close()}
      >
        <X size={11} aria-hidden />
      </button>
    </div>
  );
}
