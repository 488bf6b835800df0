import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { type ComponentType, useEffect } from 'react';
import type { Station } from '../core/shared/session.ts';
import type { Actions } from './actions/index.ts';
import type { Services } from './actions/services.ts';
import { DockArea } from './dock/DockArea.tsx';
import { SaveLayoutDialog } from './dock/SaveLayoutDialog.tsx';
import { CommandPalette } from './palette/CommandPalette.tsx';
import { FoundDialog } from './panels/FoundDialog.tsx';
import { JobBar } from './panels/JobBar.tsx';
import { KeysDialog } from './panels/KeysDialog.tsx';
import { Problems } from './panels/Problems.tsx';
import { Rail } from './panels/Rail.tsx';
import { ServicesContext, useActions, useServices } from './panels/services.ts';
import { TitleBar } from './panels/TitleBar.tsx';
import { Welcome } from './panels/Welcome.tsx';
import { useLayout } from './state/layout.ts';
import { useLayouts } from './state/layouts.ts';
import { useSession } from './state/session.ts';
import { AnalyzePage } from './stations/AnalyzePage.tsx';
import { CurateBar } from './stations/CurateBar.tsx';
import { ExportPage } from './stations/ExportPage.tsx';
import { PreprocessPage } from './stations/PreprocessPage.tsx';
import { ProbePage } from './stations/ProbePage.tsx';
import { RecordingPage } from './stations/RecordingPage.tsx';
import { SortPage } from './stations/SortPage.tsx';

/** What stands left of the dock; curation needs all the room. */
const FORMS: Readonly<Record<Exclude<Station, 'curate'>, ComponentType>> = {
  recording: RecordingPage,
  probe: ProbePage,
  preprocess: PreprocessPage,
  sort: SortPage,
  analyze: AnalyzePage,
  export: ExportPage,
};

export function App({ services, actions }: { readonly services: Services; readonly actions: Actions }) {
  return (
    <CSPProvider disableStyleElements>
      <ServicesContext value={{ services, actions }}>
        <Tooltip.Provider>
          <Desk />
        </Tooltip.Provider>
      </ServicesContext>
    </CSPProvider>
  );
}

function Desk() {
  const open = useSession((s) => s.session !== undefined && s.catalogue !== undefined);
  const ready = useLayouts((s) => s.ready);
  const focused = useLayout((s) => s.focused) && open;
  useDrop();
  return (
    <div className={focused ? 'app focused' : 'app'}>
      <TitleBar />
      <Lost />
      {open && ready ? (
        <div className="desk">
          <Rail />
          <StationArea />
        </div>
      ) : (
        <Welcome />
      )}
      <Problems />
      <JobBar />
      <KeysDialog />
      <CommandPalette />
      <SaveLayoutDialog />
      <FoundDialog />
    </div>
  );
}

/** The station that is shown: its form, and its dock. */
function StationArea() {
  const folder = useSession((s) => s.session?.folder);
  const page = useLayout((s) => s.page);
  const Form = page === 'curate' ? undefined : FORMS[page];
  return (
    <div className="station" key={`${folder} ${page}`}>
      {Form && (
        <div className="side">
          <Form />
        </div>
      )}
      <div className="workspace">
        {page === 'curate' && <CurateBar />}
        <DockArea station={page} />
      </div>
    </div>
  );
}

/** What cannot be mended from here: reload. Core keeps the session. */
function Lost() {
  const { desktop } = useServices();
  const graphicsLost = useLayout((s) => s.graphicsLost);
  const coreLost = useSession((s) => s.lost);
  if (!graphicsLost && !coreLost) return null;
  return (
    <div className="lost" role="alert">
      <span>
        {coreLost
          ? 'The part of Spikedesk that computes cannot be reached any more. What was saved is safe.'
          : 'The graphics were lost and did not come back.'}
      </span>
      <button type="button" onClick={() => void desktop.reload()}>
        Reload the window
      </button>
    </div>
  );
}

/** A file or folder dropped anywhere is opened. */
function useDrop(): void {
  const { desktop } = useServices();
  const actions = useActions();
  useEffect(() => {
    const isFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent) => {
      if (!isFile(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      if (!isFile(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      const path = file && desktop.pathOf(file);
      if (path) void actions.openPath(path);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [desktop, actions]);
}
