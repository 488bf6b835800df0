import { Save } from 'lucide-react';
import { useState } from 'react';
import type { SavedRecording } from '../../../core/shared/api.ts';
import type { Values } from '../../forms/values.ts';
import { EntryChoice } from '../../panels/EntryChoice.tsx';
import { useActions, useServices } from '../../panels/services.ts';
import { useJobs } from '../../state/jobs.ts';
import { useOpen } from '../useOpen.ts';

/** The preprocessed recording as a folder of its own: how it is packed, and where to. */
export function SaveSection() {
  const { state, catalogue } = useOpen();
  const actions = useActions();
  const busy = useJobs((s) => s.job !== undefined);
  const [name, setName] = useState(catalogue.savers.at(-1)?.name ?? '');
  const [folders, setFolders] = useState<Readonly<Record<string, string>>>({});
  const [params, setParams] = useState<Readonly<Record<string, Values>>>({});
  const [saved, setSaved] = useState<SavedRecording>();
  const folder = folders[name] ?? `${state.folder}/preprocessed${name === 'zarr' ? '.zarr' : ''}`;

  async function save(): Promise<void> {
    setSaved(undefined);
    setSaved(await actions.saveRecording(name, folder, params[name] ?? {}));
  }

  return (
    <details className="block save-recording">
      <summary>Save the preprocessed recording</summary>
      <EntryChoice
        legend="As"
        entries={catalogue.savers}
        chosen={name}
        folder={folder}
        kind="save"
        folderHelp="A folder that does not exist yet. A save that was stopped goes on when the same is saved there again."
        params={params[name] ?? {}}
        onChoose={setName}
        onFolder={(path) => setFolders({ ...folders, [name]: path })}
        onParams={(values) => setParams({ ...params, [name]: values })}
        onRun={() => void save()}
      />
      <div className="line">
        <button type="button" disabled={busy} onClick={() => void save()}>
          <Save size={13} aria-hidden />
          Save
        </button>
      </div>
      {saved && <Saved saved={saved} />}
    </details>
  );
}

function Saved({ saved }: { readonly saved: SavedRecording }) {
  const { desktop } = useServices();
  const { folder, bytes, rawBytes, reused } = saved;
  const part = rawBytes > 0 ? ` ${Math.round((100 * bytes) / rawBytes)} % of the plain samples.` : '';
  return (
    <div className="note done" role="status">
      <p>
        {reused
          ? 'It is there already, of the same steps and recording: nothing was computed again.'
          : `Saved: ${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB,${part}`}
      </p>
      <p className="mono path">{folder}</p>
      <button type="button" onClick={() => void desktop.showInFolder(folder)}>
        Show in folder
      </button>
    </div>
  );
}
