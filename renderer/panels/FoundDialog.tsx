import { Dialog } from '@base-ui/react/dialog';
import { useFound } from '../state/found.ts';
import { useActions } from './services.ts';

/** Several things lie at the path that was opened: which one? */
export function FoundDialog() {
  const actions = useActions();
  const found = useFound((s) => s.found);
  return (
    <Dialog.Root open={found !== undefined} onOpenChange={() => useFound.setState({ found: undefined })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>Which one?</Dialog.Title>
          <Dialog.Description className="quiet">{`Several things were found in ${found?.path ?? ''}.`}</Dialog.Description>
          <ul className="choices">
            {found?.choices.map(({ label, detail, args }) => (
              <li key={`${label} ${detail}`}>
                <button
                  type="button"
                  className="recent"
                  onClick={() => {
                    useFound.setState({ found: undefined });
                    void actions.open(`Opening ${label}`, args);
                  }}
                >
                  <span className="name">{label}</span>
                  <span className="mono path">{detail}</span>
                </button>
              </li>
            ))}
          </ul>
          <div className="line">
            <span className="spring" />
            <Dialog.Close>Cancel</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
