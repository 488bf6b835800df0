import { Redo2, Undo2 } from 'lucide-react';
import { useActions } from '../panels/services.ts';
import { useSelection } from '../state/selection.ts';
import { useOpen } from './useOpen.ts';

/** What can be done with the selection, with the keys that do it. */
export function CurateBar() {
  const { state } = useOpen();
  const actions = useActions();
  const selected = useSelection((s) => s.unitIds.length);
  const { curation } = state;
  const none = selected === 0;
  return (
    <div className="curate-bar" role="toolbar" aria-label="Curation">
      <button
        type="button"
        disabled={selected < 2}
        title="Merge the selected units into one new unit (G)"
        onClick={() => void actions.merge()}
      >
        Merge
        <kbd>G</kbd>
      </button>
      <span className="divider" />
      <button
        type="button"
        className="good"
        disabled={none}
        title="One neuron (Alt+G)"
        onClick={() => void actions.label('good')}
      >
        Good
        <kbd>Alt+G</kbd>
      </button>
      <button
        type="button"
        disabled={none}
        title="Spikes of several neurons, multi-unit activity (Alt+M)"
        onClick={() => void actions.label('mua')}
      >
        Mua
        <kbd>Alt+M</kbd>
      </button>
      <button type="button" disabled={none} title="No neuron (Alt+N)" onClick={() => void actions.label('noise')}>
        Noise
        <kbd>Alt+N</kbd>
      </button>
      <button type="button" disabled={none} title="Take the label away (Alt+U)" onClick={() => void actions.label('')}>
        Unsorted
        <kbd>Alt+U</kbd>
      </button>
      <span className="divider" />
      <button
        type="button"
        disabled={!curation?.canUndo}
        title="Take back the last edit (Ctrl+Z)"
        onClick={() => void actions.undo()}
      >
        <Undo2 size={13} aria-hidden />
        Undo
      </button>
      <button
        type="button"
        disabled={!curation?.canRedo}
        title="Do it again (Ctrl+Shift+Z)"
        onClick={() => void actions.redo()}
      >
        <Redo2 size={13} aria-hidden />
        Redo
      </button>
      <span className="spring" />
      <span className="summary">{groupCounts(curation)}</span>
    </div>
  );
}

/** "16 units: 3 good, 1 noise, 12 unsorted" */
function groupCounts(curation: ReturnType<typeof useOpen>['state']['curation']): string {
  if (!curation) return '';
  const counts = new Map<string, number>();
  for (const { group } of curation.units) counts.set(group || 'unsorted', (counts.get(group || 'unsorted') ?? 0) + 1);
  const parts = ['good', 'mua', 'noise', 'unsorted'].flatMap((group) =>
    counts.has(group) ? [`${counts.get(group)?.toLocaleString('en')} ${group}`] : [],
  );
  return `${curation.units.length.toLocaleString('en')} units: ${parts.join(', ')}`;
}
