import { views } from '../views/index.ts';
import { ViewPanel } from './ViewPanel.tsx';

/** The first panel of a view. */
function Picture({ name }: { readonly name: string }) {
  const view = views.find((one) => one.name === name);
  return view ? <ViewPanel view={view} panelId={name} /> : null;
}

export const TracesPanel = () => <Picture name="trace" />;
export const WaveformsPanel = () => <Picture name="waveform" />;
export const CorrelogramsPanel = () => <Picture name="correlogram" />;
export const ProbePanel = () => <Picture name="probe" />;
