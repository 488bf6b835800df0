import { Dialog } from '@base-ui/react/dialog';
import { Copy } from 'lucide-react';
import { useServices } from './services.ts';

/** Name and value. */
export type Explanation = readonly (readonly [string, string])[];

interface Props {
  readonly title: string;
  /** Undefined: closed. */
  readonly rows: Explanation | undefined;
  onClose(): void;
}

/** Where the numbers of a picture come from. */
export function ExplainDialog({ title, rows, onClose }: Props) {
  const { desktop } = useServices();
  const text = (rows ?? []).map((row) => row.join('\t')).join('\n');
  return (
    <Dialog.Root open={rows !== undefined} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>{`What ${title} shows`}</Dialog.Title>
          <dl className="facts">
            {rows?.map(([name, value]) => (
              <div className="fact" key={name}>
                <dt>{name}</dt>
                <dd className="path">{value}</dd>
              </div>
            ))}
          </dl>
          <div className="line">
            <button type="button" onClick={() => void desktop.copyText(text)}>
              <Copy size={12} aria-hidden />
              Copy
            </button>
            <span className="spring" />
            <Dialog.Close>Close</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
