import type { SessionState } from '../../core/shared/api.ts';
import type { Actions } from '../actions/index.ts';
import { commands } from '../commands.ts';
import { kinds } from '../dock/kinds.tsx';
import { shownDock } from '../dock/shownDock.ts';
import { keyLabel, keysOf } from '../keyMap.ts';
import { useFocus } from '../state/focus.ts';
import { useKeys } from '../state/keys.ts';
import { useLayout } from '../state/layout.ts';
import { useLayouts } from '../state/layouts.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import type { Searched } from './search.ts';

/** Something the palette finds. */
export interface Item extends Searched {
  readonly id: string;
  readonly label: string;
  /** What kind of thing it is. */
  readonly kind: string;
  /** Its key, or what else is to say of it. */
  readonly note: string;
  run(): unknown;
}

/** All there is to be found now, those used most first. */
export function paletteItems(actions: Actions, mac: boolean): Item[] {
  const { session, recents } = useSession.getState();
  return [
    ...commandItems(actions, session, mac),
    ...(session ? [...viewItems(), ...layoutItems(actions), ...unitItems(session), ...channelItems(session)] : []),
    ...recents.map(({ path, name }) =>
      item(`recent ${path}`, `Open ${name || path}`, 'Recent session', path, () => actions.openPath(path)),
    ),
  ];
}

function item(id: string, label: string, kind: string, note: string, run: Item['run'], also = ''): Item {
  return { id, label, kind, note, text: label.toLowerCase(), also: `${kind} ${also}`.toLowerCase(), run };
}

function commandItems(actions: Actions, session: SessionState | undefined, mac: boolean): Item[] {
  const { changed } = useKeys.getState();
  const { page } = useLayout.getState();
  return commands
    .filter(({ id, where }) => {
      if (id === 'palette') return false;
      return where === 'anywhere' || (session !== undefined && (where === 'session' || page === 'curate'));
    })
    .map((command) => {
      const keys = keysOf(command, changed).map((key) => keyLabel(key, mac));
      const run = () => command.run(actions);
      const label = command.section === 'Stations' ? `Go to ${command.label}` : command.label;
      return item(`command ${command.id}`, label, command.section, keys.join('  '), run);
    });
}

function viewItems(): Item[] {
  return kinds.flatMap(({ name, label, help }) => [
    item(`show ${name}`, label, 'View', 'show', () => shownDock()?.reveal(name), `show ${help}`),
    item(`add ${name}`, `Add ${label}`, 'View', 'one more', () => shownDock()?.add(name), help),
  ]);
}

function layoutItems(actions: Actions): Item[] {
  const { page } = useLayout.getState();
  return useLayouts
    .getState()
    .named.filter(({ station }) => station === page)
    .map((layout) =>
      item(`layout ${layout.name}`, `Layout: ${layout.name}`, 'Layout', '', () => actions.showLayout(layout)),
    );
}

function unitItems(session: SessionState): Item[] {
  return (session.curation?.units ?? []).map(({ unitId, group }) =>
    item(
      `unit ${unitId}`,
      `Unit ${unitId}`,
      'Unit',
      group || 'unsorted',
      () => useSelection.getState().select([unitId]),
      group || 'unsorted',
    ),
  );
}

function channelItems(session: SessionState): Item[] {
  const ids = session.recording?.channelIds ?? [];
  return ids.map((id, channel) =>
    item(`channel ${channel}`, `Channel ${id}`, 'Channel', '', () => useFocus.getState().pick({ channel })),
  );
}
