import { Tooltip } from '@base-ui/react/tooltip';
import { CircleHelp } from 'lucide-react';
import type { ReactElement } from 'react';

/** A question mark that explains what stands before it. */
export function Hint({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <Explained text={text}>
      <button type="button" className="hint" aria-label={label}>
        <CircleHelp size={13} aria-hidden />
      </button>
    </Explained>
  );
}

/** Shows `text` while the pointer or the focus is on the child. */
export function Explained({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} delay={250} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="tooltip-place">
          <Tooltip.Popup className="tooltip">{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
