import { useState } from 'react';
import type { Values } from '../forms/values.ts';
import { EntryChoice } from '../panels/EntryChoice.tsx';
import { Settings } from '../panels/Settings.tsx';
import { StationHead } from '../panels/StationHead.tsx';
import { useActions, useServices } from '../panels/services.ts';
import { useOpen } from './useOpen.ts';

/** To which program, where to. */
export function ExportPage() {
  const { state, catalogue } = useOpen();
  const actions = useActions();
  const { desktop } = useServices();
  const [name, setName] = useState(catalogue.exporters[0]?.name ?? '');
  const [folders, setFolders] = useState<Readonly<Record<string, string>>>({});
  const [params, setParams] = useState<Readonly<Record<string, Values>>>({});
  const [written, setWritten] = useState<{ readonly folder: string; readonly files: number }>();
  const folder = folders[name] ?? `${state.folder}/exports/${name}`;
  const blocked = state.curation ? undefined : 'There is nothing to export yet: run Sort and Analyze.';

  async function run(): Promise<void> {
    setWritten(undefined);
    const result = await actions.export(name, folder, params[name] ?? {});
    if (result) setWritten(result);
  }

  return (
    <>
      <StationHead station="export" onRun={() => void run()} blocked={blocked} />
      <Settings>
        {written && (
          <div className="note done" role="status">
            <p>{`Written: ${written.files.toLocaleString('en')} files in`}</p>
            <p className="mono path">{written.folder}</p>
            <button type="button" onClick={() => void desktop.showInFolder(written.folder)}>
              Show in folder
            </button>
          </div>
        )}
        <EntryChoice
          legend="For"
          entries={catalogue.exporters}
          chosen={name}
          folder={folder}
          kind="folder"
          folderHelp="A folder that does not exist yet, or an export of Spikedesk to replace."
          params={params[name] ?? {}}
          onChoose={setName}
          onFolder={(path) => setFolders({ ...folders, [name]: path })}
          onParams={(values) => setParams({ ...params, [name]: values })}
          onRun={() => void run()}
          onParamsRun={() => void run()}
        />
      </Settings>
    </>
  );
}
