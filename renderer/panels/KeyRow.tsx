import { Plus, RotateCcw, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { type Command, commands } from '../commands.ts';
import { holderOf, keyLabel, keysOf, pressedKey, withKey } from '../keyMap.ts';
import { IS_MAC } from '../platform.ts';
import { useKeys } from '../state/keys.ts';

/** A key that is being changed: which one (none: one more), and what was pressed although it belongs to another. */
interface Change {
  readonly instead: string | undefined;
  readonly taken?: { readonly key: string; readonly by: Command };
}

/** A command with its keys: a click on one waits for the new one. */
export function KeyRow({ command }: { readonly command: Command }) {
  const changed = useKeys((s) => s.changed);
  const [change, setChange] = useState<Change>();
  const keys = keysOf(command, changed);

  function give(key: string, instead: string | undefined): void {
    useKeys.setState({ changed: withKey(command.id, key, instead, commands, changed) });
    setChange(undefined);
  }

  function press(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const key = pressedKey(event.nativeEvent, IS_MAC);
    if (key === undefined || !change) return;
    const by = holderOf(key, commands, changed);
    if (key === 'Escape' && command.id !== 'clear') setChange(undefined);
    else if (by && by.id !== command.id) setChange({ instead: change.instead, taken: { key, by } });
    else give(key, change.instead);
  }

  const waiting = change && !change.taken;
  const shown = change && change.instead === undefined ? [...keys, undefined] : keys;
  return (
    <li className={keys.length === 0 ? 'key-row none' : 'key-row'}>
      <span className="name">{command.label}</span>
      {shown.map((key) =>
        waiting && key === change.instead ? (
          <span className="key-wait" key={key ?? ''}>
            <button
              type="button"
              className="key waiting"
              // biome-ignore lint/a11y/noAutofocus: it was clicked to be pressed into
              autoFocus
              aria-label={`Press the new key for ${command.label}`}
              onKeyDown={press}
              onBlur={() => setChange((now) => (now?.taken ? now : undefined))}
            >
              Press the new key
            </button>
            {key !== undefined && (
              <button
                type="button"
                className="icon small"
                aria-label={`Take ${keyLabel(key, IS_MAC)} away from ${command.label}`}
                title="No key here"
                onPointerDown={() => {
                  useKeys.getState().give(
                    command.id,
                    keys.filter((own) => own !== key),
                  );
                  setChange(undefined);
                }}
              >
                <X size={11} aria-hidden />
              </button>
            )}
          </span>
        ) : (
          key !== undefined && (
            <button
              type="button"
              className="key"
              key={key}
              title="Click and press the new key"
              aria-label={`${command.label}: ${keyLabel(key, IS_MAC)}. Change`}
              onClick={() => setChange({ instead: key })}
            >
              <kbd>{keyLabel(key, IS_MAC)}</kbd>
            </button>
          )
        ),
      )}
      <button
        type="button"
        className="icon small quiet add-key"
        aria-label={`One more key for ${command.label}`}
        title="One more key"
        onClick={() => setChange({ instead: undefined })}
      >
        <Plus size={11} aria-hidden />
      </button>
      {Object.hasOwn(changed, command.id) && (
        <button
          type="button"
          className="icon small"
          aria-label={`Reset the keys of ${command.label}`}
          title={`Back to ${command.keys.map((key) => keyLabel(key, IS_MAC)).join(', ') || 'no key'}`}
          onClick={() => reset(command)}
        >
          <RotateCcw size={11} aria-hidden />
        </button>
      )}
      {change?.taken && (
        <div className="key-taken" role="alert">
          <p>{`${keyLabel(change.taken.key, IS_MAC)} is the key of “${change.taken.by.label}” (${change.taken.by.section}).`}</p>
          <button type="button" onClick={() => change.taken && give(change.taken.key, change.instead)}>
            Use it here instead
          </button>
          <button type="button" onClick={() => setChange(undefined)}>
            Leave it
          </button>
        </div>
      )}
    </li>
  );
}

/** Its own keys again, unless another command was given them meanwhile: then those stay there. */
function reset(command: Command): void {
  const { changed } = useKeys.getState();
  const { [command.id]: _, ...others } = changed;
  const free = command.keys.filter((key) => holderOf(key, commands, others)?.id === command.id);
  if (free.length === command.keys.length) useKeys.getState().reset(command.id);
  else useKeys.getState().give(command.id, free);
}
