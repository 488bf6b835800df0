import { Autocomplete } from '@base-ui/react/autocomplete';
import { Popover } from '@base-ui/react/popover';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { EntryInfo } from '../../../core/shared/entry.ts';
import { best, type Searched } from '../../palette/search.ts';

interface Props {
  readonly entries: readonly EntryInfo[];
  onAdd(step: string): void;
}

interface Item extends Searched {
  readonly entry: EntryInfo;
}

/** All steps there are, found by a few letters of their name or of what they are for. */
export function AddStep({ entries, onAdd }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="add-step">
        <Plus size={13} aria-hidden />
        Add a step
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="menu-place" align="start" sideOffset={2}>
          <Popover.Popup className="menu steps-menu" aria-label="Steps to add">
            <Finder
              entries={entries}
              onAdd={(step) => {
                setOpen(false);
                onAdd(step);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Finder({ entries, onAdd }: Props) {
  const [typed, setTyped] = useState('');
  const items = useMemo(
    () =>
      entries.map((entry): Item => {
        const { name, label, help } = entry;
        return { entry, text: label.toLowerCase(), also: `${name} ${help}`.toLowerCase() };
      }),
    [entries],
  );
  const found = useMemo(() => best(items, typed, items.length), [items, typed]);
  return (
    <Autocomplete.Root
      items={found}
      mode="none"
      inline
      open
      autoHighlight="always"
      keepHighlight
      itemToStringValue={({ entry }) => entry.label}
      value={typed}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setTyped(value);
      }}
    >
      <Autocomplete.Input
        className="find"
        placeholder="filter, reference, bad channels …"
        aria-label="Find a step"
        spellCheck={false}
      />
      <Autocomplete.Empty className="quiet">{found.length === 0 && 'No step of that name.'}</Autocomplete.Empty>
      <Autocomplete.List className="found">
        {({ entry }: Item) => (
          <Autocomplete.Item
            key={entry.name}
            value={items.find((item) => item.entry === entry)}
            className="step-item"
            aria-label={`Add ${entry.label}`}
            onClick={() => onAdd(entry.name)}
          >
            <span className="name">{entry.label}</span>
            <span className="quiet">{entry.help}</span>
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
