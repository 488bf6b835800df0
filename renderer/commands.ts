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

    command('go-to-time', 'Traces', 'session', ['Alt+t'], 'Go to a time', (a) => a.goToTime()),
    command('next-spike', 'Traces', 'session', ['Alt+PageDown'], 'Next spike of the unit selected first', (a) =>
      a.goToSpike('next'),
    ),
    command('previous-spike', 'Traces', 'session', ['Alt+PageUp'], 'Previous spike of the unit selected first', (a) =>
      a.goToSpike('previous'),
    ),

    command(
      'palette',
      'Window',
      'anywhere',
      ['$mod+k'],
      'Find anything: commands, units, channels, views',
      (a) => a.togglePalette(),
      true,
    ),
    command('help', 'Window', 'anywhere', ['h', 'Shift+?'], 'Show or hide this list of keys', (a) => a.toggleHelp()),
    command('theme', 'Window', 'anywhere', ['$mod+Shift+d'], 'Dark or light', (a) => a.toggleTheme()),
    command('focus', 'Window', 'session', ['Alt+f'], 'Only the views, without all around them', (a) => a.toggleFocus()),

    command('maximise', 'Panels', 'session', ['Alt+Enter'], 'Let the panel fill the dock, and back', (a) =>
      a.maximisePanel(),
    ),
    command('next-panel', 'Panels', 'session', ['F6'], 'Next panel', (a) => a.stepPanel(1)),
    command('previous-panel', 'Panels', 'session', ['Shift+F6'], 'Previous panel', (a) => a.stepPanel(-1)),
    command('next-tab', 'Panels', 'session', ['$mod+PageDown'], 'Next tab', (a) => a.stepTab(1)),
    command('previous-tab', 'Panels', 'session', ['$mod+PageUp'], 'Previous tab', (a) => a.stepTab(-1)),
    command('duplicate-panel', 'Panels', 'session', [], 'The panel once more', (a) => a.duplicatePanel()),
    command('close-panel', 'Panels', 'session', ['$mod+w'], 'Close the panel', (a) => a.closePanel()),
    command('layout-save', 'Panels', 'session', [], 'Save the layout under a name', (a) => a.askLayoutName()),
    command('layout-default', 'Panels', 'session', [], 'Show the default layout', (a) => a.showDefaultLayout()),
  ];
}
