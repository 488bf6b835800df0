import { absolutePath } from '../../core/shared/absolutePath.ts';
import type { SessionState } from '../../core/shared/api.ts';
import { toParams } from '../forms/values.ts';
import { ParamForm } from '../panels/ParamForm.tsx';
import { Settings } from '../panels/Settings.tsx';
import { StationHead } from '../panels/StationHead.tsx';
import { useActions } from '../panels/services.ts';
import { useOpen } from './useOpen.ts';

/** Which sorter, with which params; or the sorting that was opened. */
export function SortPage() {
  const { state, catalogue } = useOpen();
  const actions = useActions();
  const { sorter, sorting } = state.session;
  return (
    <>
      <StationHead station="sort" />
      <Settings>
        {sorting && (
          <section className="block">
            <h2>A sorting that was opened</h2>
            <p className="mono path">{absolutePath(state.folder, sorting.path)}</p>
            <p className="quiet">
              It is used instead of a sorter. Choose a sorter below to sort anew; the opened sorting stays as it is.
            </p>
          </section>
        )}
        <fieldset className="options">
          <legend>Sorter</legend>
          {catalogue.sorters.map((entry) => {
            const chosen = sorter?.name === entry.name && !sorting;
            return (
              <div className="option" key={entry.name}>
                <label>
                  <input
                    type="radio"
                    name="sorter"
                    checked={chosen}
                    onChange={() => void actions.edit({ sorter: { name: entry.name, params: {} }, sorting: undefined })}
                  />
                  <span className="name">{entry.label}</span>
                </label>
                <p className="field-help">{entry.help}</p>
                {chosen && (
                  <ParamForm
                    schema={entry.schema}
                    defaults={entry.defaults}
                    values={sorter.params}
                    onChange={(params) => void actions.edit({ sorter: { name: entry.name, params: toParams(params) } })}
                    onRun={() => void actions.run(['sort'])}
                  />
                )}
              </div>
            );
          })}
        </fieldset>
        <Accuracy accuracy={state.accuracy} />
      </Settings>
    </>
  );
}

function Accuracy({ accuracy }: { readonly accuracy: SessionState['accuracy'] }) {
  if (!accuracy) return null;
  return (
    <section className="block">
      <h2>Against the ground truth</h2>
      <p>{`Accuracy ${accuracy.mean.toFixed(2)} (mean over ${accuracy.byUnit.length} units)`}</p>
      <p className="quiet">
        Spikes found in both, of all spikes found in either: 1 is perfect. Known only for made recordings.
      </p>
      <ul className="accuracies">
        {accuracy.byUnit.map(({ unitId, accuracy: value }) => (
          <li key={String(unitId)}>
            <span className="mono">{String(unitId)}</span>
            <meter min={0} max={1} value={value} aria-label={`accuracy of unit ${unitId}`} />
            <span className="number">{value.toFixed(2)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
