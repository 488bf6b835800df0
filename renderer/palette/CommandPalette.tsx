import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useMemo, useState } from 'react';
import { useActions } from '../panels/services.ts';
import { IS_MAC } from '../platform.ts';
import { useLayout } from '../state/layout.ts';
import { type Item, paletteItems } from './items.ts';
import { best } from './search.ts';

/** More than anyone reads; what is meant but not among them needs a letter more. */
const MOST = 60;

/** Finds any command, unit, channel, view, layout and recent session by a few letters. */
export function CommandPalette() {
  const open = useLayout((s) => s.open === 'palette');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => useLayout.getState().show(next ? 'palette' : undefined)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog palette" aria-label="Find anything">
          <Finder />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder() {
  const actions = useActions();
  const items = useMemo(() => paletteItems(actions, IS_MAC), [actions]);
  const [typed, setTyped] = useState('');
  const found = useMemo(() => best(items, typed, MOST), [items, typed]);
  const run = (item: Item) => {
    useLayout.getState().show(undefined);
    void item.run();
  };
  return (
    <Autocomplete.Root
      items={found}
      mode="none"
      inline
      open
      autoHighlight="always"
      keepHighlight
      itemToStringValue={({ label }) => label}
      value={typed}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setTyped(value);
      }}
    >
      <Autocomplete.Input
        className="find"
        placeholder="Command, unit 12, channel, view, layout, recent session …"
        aria-label="Find anything"
        spellCheck={false}
      />
      <Autocomplete.Empty className="quiet">{found.length === 0 && 'Nothing of that name.'}</Autocomplete.Empty>
      <Autocomplete.List className="found">
        {(item: Item) => (
          <Autocomplete.Item key={item.id} value={item} className="found-item" onClick={() => run(item)}>
            <span className="name">{item.label}</span>
            <span className="quiet kind">{item.kind}</span>
            <span className="quiet aside">{item.note}</span>
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
