import type { Session } from '../../../core/shared/session.ts';
import { NameDialog } from '../../panels/NameDialog.tsx';
import { usePresets } from '../../state/presets.ts';

interface Props {
  readonly open: boolean;
  readonly steps: Session['preprocess'];
  onClose(): void;
}

/** Asks for the name of a preset. */
export function SavePresetDialog({ open, steps, onClose }: Props) {
  const own = usePresets((s) => s.own);
  return (
    <NameDialog
      open={open}
      title="Save the chain as a preset"
      help="Its steps with their parameters. It is offered under Presets, also for other recordings."
      what="preset"
      isTaken={(name) => own.some((one) => one.name === name)}
      onSave={(name) => usePresets.getState().save({ name, steps })}
      onClose={onClose}
    />
  );
}
