import { type Station, stations } from '../core/shared/session.ts';
import type { Actions } from './actions/index.ts';
import { views } from './views/index.ts';
import type { View } from './views/view.ts';

/** A user action with its keys, as tinykeys writes them: $mod is Ctrl, or Cmd on a Mac. */
export interface Command {
  readonly id: string;
  /** For commands of a view, its label. */
  readonly section: string;
  readonly label: string;
  readonly keys: readonly string[];
  /** Where it works: anywhere, with a session open, or at the station Curate. */
  readonly where: 'anywhere' | 'session' | 'curate';
  /** Also while a text field has the keys. */
  readonly inFields?: boolean;
  run(actions: Actions): unknown;
}

const STATION_NAMES: Readonly<Record<Station, string>> = {
  recording: 'Recording',
  probe: 'Probe',
  preprocess: 'Preprocess',
  sort: 'Sort',
  analyze: 'Analyze',
  curate: 'Curate',
  export: 'Export',
};

function command(
  id: string,
  section: Command['section'],
  where: Command['where'],
  keys: readonly string[],
  label: string,
  run: Command['run'],
  inFields = false,
): Command {
  return { id, section, where, keys, label, run, ...(inFields && { inFields }) };
}

/** Every action of the program with its key; `h` shows this table, Ctrl+K finds them. Those of views follow theirs. */
export const commands: readonly Command[] = [...programCommands(), ...views.flatMap((view) => view.with(viewCommands))];

function viewCommands<Options>(view: View<Options>): Command[] {
  return (view.commands ?? []).map(({ id, label, keys }) =>
    command(`${view.name}-${id}`, view.label, 'session', keys, label, (a) => a.runInView(view.name, id)),
  );
}

function programCommands(): Command[] {
  return [
    command('open-file', 'Session', 'anywhere', ['$mod+o'], 'Open a file', (a) => a.openFile(), true),
    command('open-folder', 'Session', 'anywhere', ['$mod+Shift+o'], 'Open a folder', (a) => a.openFolder(), true),
    command(
      'run-all',
      'Session',
      'session',
      ['$mod+Shift+Enter'],
      'Run all that is out of date',
      (a) => a.runAll(),
      true,
    ),
    command('cancel', 'Session', 'anywhere', ['$mod+.'], 'Cancel what is running', (a) => a.cancel(), true),

    ...stations.map((station, i) =>
      command(`go-${station}`, 'Stations', 'session', [String(i + 1)], STATION_NAMES[station], (a) => a.goTo(station)),
    ),

    command('next', 'Select', 'curate', ['ArrowDown'], 'Next unit', (a) => a.selectStep(1)),
    command('previous', 'Select', 'curate', ['ArrowUp'], 'Previous unit', (a) => a.selectStep(-1)),
    command('similar-next', 'Select', 'curate', ['Space'], 'Next similar unit', (a) => a.selectSimilar(1)),
    command('similar-previous', 'Select', 'curate', ['Shift+Space'], 'Previous similar unit', (a) =>
      a.selectSimilar(-1),
    ),
    command('similar-clear', 'Select', 'curate', ['Backspace'], 'Without the similar units', (a) => a.clearSimilar()),
    command('first', 'Select', 'curate', ['Home'], 'First unit', (a) => a.selectStep(-1e9)),
    command('last', 'Select', 'curate', ['End'], 'Last unit', (a) => a.selectStep(1e9)),
    command('select-all', 'Select', 'curate', ['$mod+a'], 'Select all units of the table', (a) => a.selectAll()),
    command('clear', 'Select', 'curate', ['Escape'], 'Select nothing', (a) => a.clearSelection()),
    command('filter', 'Select', 'curate', ['/', '$mod+f'], 'Filter the units', (a) => a.focusFilter(), false),

    command('merge', 'Curate', 'curate', ['g'], 'Merge the selected units', (a) => a.merge()),
    command('good', 'Curate', 'curate', ['Alt+g'], 'Label good', (a) => a.label('good')),
    command('mua', 'Curate', 'curate', ['Alt+m'], 'Label multi-unit (mua)', (a) => a.label('mua')),
    command('noise', 'Curate', 'curate', ['Alt+n'], 'Label noise', (a) => a.label('noise')),
    command('unsorted', 'Curate', 'curate', ['Alt+u'], 'Take the label away (unsorted)', (a) => a.label('')),
    command('undo', 'Curate', 'curate', ['$mod+z'], 'Undo', (a) => a.undo()),
    command('redo', 'Curate', 'curate', ['$mod+Shift+z', '$mod+y'], 'Redo', (a) => a.redo()),

    command('theme', 'Window', 'anywhere', ['Alt+t'], 'Dark or light', (a) => a.toggleTheme()),
    command('help', 'Window', 'anywhere', ['h', 'Shift+?'], 'Show or hide this list of keys', (a) => a.toggleHelp()),
  ];
}

/** "$mod+Shift+z" as people write it: "Ctrl+Shift+Z". */
export function keyLabel(key: string, mac: boolean): string {
  const names: Readonly<Record<string, string>> = {
    $mod: mac ? 'Cmd' : 'Ctrl',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
  };
  if (key === 'Shift+?') return '?';
  if (key === 'Alt+Shift++') return 'Alt+plus';
  return key
    .split('+')
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join('+');
}
