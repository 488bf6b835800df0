import { Redo2, Undo2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Settings } from '../panels/Settings.tsx';
import { StationHead } from '../panels/StationHead.tsx';
import { useChain } from '../state/chain.ts';
import { AddStep } from './chain/AddStep.tsx';
import { ChainList } from './chain/ChainList.tsx';
import { PresetMenu } from './chain/PresetMenu.tsx';
import { SaveSection } from './chain/SaveSection.tsx';
import { useChainEdit } from './chain/useChainEdit.ts';
import { useOpen } from './useOpen.ts';

/** The steps in order: add, move, tune, switch off, remove; the views beside show what they do meanwhile. */
export function PreprocessPage() {
  const { catalogue } = useOpen();
  const edit = useChainEdit();
  const { steps } = edit;
  const selected = useChain((s) => s.selected);
  const { select } = useChain.getState();
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) edit.redo();
    else edit.undo();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what is inside
    <div className="chain-page" onKeyDown={keys}>
      <StationHead station="preprocess" />
      <Settings>
        <div className="line">
          <AddStep
            entries={catalogue.steps}
            onAdd={(step) => {
              select(steps.length);
              edit.set([...steps, { step, params: {}, enabled: true }]);
            }}
          />
          <PresetMenu
            steps={steps}
            onApply={(preset) => {
              select(undefined);
              edit.set(preset);
            }}
          />
          <span className="spring" />
          <button
            type="button"
            className="icon"
            aria-label="Undo the last change of the chain"
            title="Undo the last change of the chain"
            disabled={!edit.canUndo}
            onClick={edit.undo}
          >
            <Undo2 size={14} aria-hidden />
          </button>
          <button
            type="button"
            className="icon"
            aria-label="Redo the change of the chain"
            title="Redo the change of the chain"
            disabled={!edit.canRedo}
            onClick={edit.redo}
          >
            <Redo2 size={14} aria-hidden />
          </button>
        </div>
        <ChainList edit={edit} />
        {steps.length === 0 && <p className="quiet">No steps: the recording is sorted as it is.</p>}
        {steps.length > 0 && (
          <p className="quiet">
            {selected !== undefined && selected < steps.length
              ? `The views show what step ${selected + 1} does. Close it to see what all steps do together.`
              : 'The views show what all steps do together. Open one to see what it does by itself.'}
          </p>
        )}
        <SaveSection />
      </Settings>
    </div>
  );
}
