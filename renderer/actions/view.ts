import { useLayout } from '../state/layout.ts';
import { useSession } from '../state/session.ts';
import { viewOptions } from '../state/viewOptions.ts';
import { palettes } from '../views/palette.ts';
import { showsImage } from '../views/trace.ts';
import { scaled, type TraceOptions, within, zoomed } from '../views/traceWindow.ts';
import type { ViewState } from '../views/view.ts';

/** Keys that move and scale the pictures. */
export function viewActions() {
  function traces(change: (options: TraceOptions, state: ViewState) => TraceOptions): void {
    const { session } = useSession.getState();
    if (!session) return;
    const state = { session, unitIds: [], palette: palettes[useLayout.getState().theme], ratio: 1 };
    viewOptions.trace.setState((options) => change(options, state), true);
  }

  return {
    panTraces: (windows: number) =>
      traces((options, state) => within(state, { ...options, startS: options.startS + windows * options.spanS })),
    zoomTraces: (factor: number) => traces((options, state) => zoomed(state, options, factor, 0.5)),
    scaleTraces: (factor: number) => traces((options, state) => scaled(state, options, factor)),
    goToStart: () => traces((options) => ({ ...options, startS: 0 })),
    goToEnd: () => traces((options, state) => within(state, { ...options, startS: Number.MAX_SAFE_INTEGER })),
    toggleTraceImage: () =>
      traces((options, { session }) => ({
        ...options,
        image: !showsImage(options, session.recording?.channelIds.length ?? 0),
      })),
    toggleTraceSpikes: () => viewOptions.trace.setState(({ spikes }) => ({ spikes: !spikes })),
    toggleWaveformSpikes: () => viewOptions.waveform.setState(({ spikes }) => ({ spikes: !spikes })),
    toggleTemplates: () => viewOptions.waveform.setState(({ template }) => ({ template: !template })),
    toggleMean: () => viewOptions.waveform.setState(({ mean }) => ({ mean: !mean })),
    toggleStd: () => viewOptions.waveform.setState(({ std }) => ({ std: !std })),
    toggleOverlap: () => viewOptions.waveform.setState(({ overlap }) => ({ overlap: !overlap })),
    toggleTheme: () => useLayout.setState(({ theme }) => ({ theme: theme === 'dark' ? 'light' : 'dark' })),
    toggleHelp: () => useLayout.setState(({ helpOpen }) => ({ helpOpen: !helpOpen })),
    goTo: useLayout.getState().goTo,
  };
}
