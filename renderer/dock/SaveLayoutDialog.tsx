import { NameDialog } from '../panels/NameDialog.tsx';
import { useActions } from '../panels/services.ts';
import { useLayout } from '../state/layout.ts';
import { useLayouts } from '../state/layouts.ts';

/** Asks for the name of a layout. */
export function SaveLayoutDialog() {
  const actions = useActions();
  const open = useLayout((s) => s.open === 'layout-save');
  const page = useLayout((s) => s.page);
  const named = useLayouts((s) => s.named);
  return (
    <NameDialog
      open={open}
      title="Save the layout under a name"
      help="Which panels are there, where, and how each looks. It is offered at this station, under Layout."
      what="layout"
      isTaken={(name) => named.some((one) => one.station === page && one.name === name)}
      onSave={(name) => actions.saveLayout(name)}
      onClose={() => useLayout.getState().show(undefined)}
    />
  );
}
