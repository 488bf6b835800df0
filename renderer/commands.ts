import { type Station, stations } from '../core/shared/session.ts';
import type { Actions } from './actions/index.ts';

/** A user action with its keys, as tinykeys writes them: $mod is Ctrl, or Cmd on a Mac. */
export interface Command {
  readonly id: string;
  readonly section: 'Session' | 'Stations' | 'Select' | 'Curate' | 'Traces' | 'Waveforms' | 'Window';
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

/** Every key of the program; `h` shows this table. */
export const commands: readonly Command[] = [
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

  command('next', 'Select', 'curate', ['Space', 'ArrowDown'], 'Next unit', (a) => a.selectStep(1)),
  command('previous', 'Select', 'curate', ['Shift+Space', 'ArrowUp'], 'Previous unit', (a) => a.selectStep(-1)),
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

  command('earlier', 'Traces', 'session', ['Alt+ArrowLeft'], 'Earlier', (a) => a.panTraces(-0.5)),
  command('later', 'Traces', 'session', ['Alt+ArrowRight'], 'Later', (a) => a.panTraces(0.5)),
  command('higher', 'Traces', 'session', ['Alt+ArrowUp'], 'Higher traces', (a) => a.scaleTraces(0.8)),
  command('lower', 'Traces', 'session', ['Alt+ArrowDown'], 'Lower traces', (a) => a.scaleTraces(1.25)),
  command('narrower', 'Traces', 'session', ['Alt+=', 'Alt+Shift++'], 'Less time', (a) => a.zoomTraces(0.7)),
  command('wider', 'Traces', 'session', ['Alt+-'], 'More time', (a) => a.zoomTraces(1 / 0.7)),
  command('start', 'Traces', 'session', ['Alt+Home'], 'To the start', (a) => a.goToStart()),
  command('end', 'Traces', 'session', ['Alt+End'], 'To the end', (a) => a.goToEnd()),
  command('trace-spikes', 'Traces', 'session', ['Alt+s'], 'Spikes of selected units on or off', (a) =>
    a.toggleTraceSpikes(),
  ),
  command('trace-image', 'Traces', 'session', ['Alt+i'], 'As an image', (a) => a.toggleTraceImage()),

  command('waveform-spikes', 'Waveforms', 'curate', ['w'], 'Single spikes on or off', (a) => a.toggleWaveformSpikes()),
  command('waveform-template', 'Waveforms', 'curate', ['t'], 'Template on or off', (a) => a.toggleTemplates()),
  command('waveform-mean', 'Waveforms', 'curate', ['m'], 'Mean of the shown spikes on or off', (a) => a.toggleMean()),
  command('waveform-std', 'Waveforms', 'curate', ['d'], 'Standard deviation on or off', (a) => a.toggleStd()),
  command('waveform-overlap', 'Waveforms', 'curate', ['o'], 'Units over each other or side by side', (a) =>
    a.toggleOverlap(),
  ),

  command('theme', 'Window', 'anywhere', ['Alt+t'], 'Dark or light', (a) => a.toggleTheme()),
  command('help', 'Window', 'anywhere', ['h', 'Shift+?'], 'Show or hide this list of keys', (a) => a.toggleHelp()),
];

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
