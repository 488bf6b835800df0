import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { views } from '../views/index.ts';
import type { View } from '../views/view.ts';

export type OptionsStore<Options> = UseBoundStore<StoreApi<Options>>;

function optionsOf<Options>(view: View<Options>): OptionsStore<Options> {
  return create<Options>()(() => view.initial);
}

/** What the user has changed of each view; panels of the same view share it. */
export const viewOptions = {
  trace: optionsOf(views.trace),
  waveform: optionsOf(views.waveform),
  correlogram: optionsOf(views.correlogram),
  probe: optionsOf(views.probe),
} as const;

/** For another recording. */
export function resetViewOptions(): void {
  const { trace, waveform, correlogram, probe } = viewOptions;
  trace.setState(trace.getInitialState(), true);
  waveform.setState(waveform.getInitialState(), true);
  correlogram.setState(correlogram.getInitialState(), true);
  probe.setState(probe.getInitialState(), true);
}
