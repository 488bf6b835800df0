import { useSession } from '../state/session.ts';
import { viewOptions } from '../state/viewOptions.ts';
import { views } from '../views/index.ts';
import { showsImage } from '../views/trace.ts';
import { OptionsMenu } from './OptionsMenu.tsx';
import { useActions } from './services.ts';
import { ViewPanel } from './ViewPanel.tsx';

/** Traces, with the node of the chain and the segment to choose. */
export function TracesPanel() {
  const actions = useActions();
  const options = viewOptions.trace();
  const { node, segment, spikes } = options;
  const channels = useSession((s) => s.session?.recording?.channelIds.length) ?? 0;
  const nodes = useSession((s) => s.session?.nodes) ?? [];
  const segments = useSession((s) => s.session?.recording?.numFrames.length) ?? 1;
  const setOption = viewOptions.trace.setState;
  return (
    <ViewPanel view={views.trace} options={viewOptions.trace}>
      <Toggle
        label="Spikes"
        help="Colour the spikes of selected units (Alt+S)"
        on={spikes}
        onClick={actions.toggleTraceSpikes}
      />
      <Toggle
        label="Image"
        help="All channels as an image (Alt+I)"
        on={showsImage(options, channels)}
        onClick={actions.toggleTraceImage}
      />
      {segments > 1 && (
        <select
          aria-label="Segment"
          value={segment}
          onChange={(event) => setOption({ segment: Number(event.target.value), startS: 0 })}
        >
          {Array.from({ length: segments }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: segments are known by their number
            <option key={i} value={i}>{`segment ${i}`}</option>
          ))}
        </select>
      )}
      {nodes.length > 0 && (
        <select
          aria-label="Data shown"
          value={Math.min(node ?? nodes.length - 1, nodes.length - 1)}
          onChange={(event) => setOption({ node: Number(event.target.value) })}
        >
          {nodes.map((name, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nodes are known by their place in the chain
            <option key={i} value={i}>
              {i === 0 ? name : `after ${name.replaceAll('_', ' ')}`}
            </option>
          ))}
        </select>
      )}
    </ViewPanel>
  );
}

export function WaveformsPanel() {
  const actions = useActions();
  const { spikes, template, mean, std, overlap } = viewOptions.waveform();
  return (
    <ViewPanel view={views.waveform} options={viewOptions.waveform}>
      <OptionsMenu
        label="Waveform options"
        switches={[
          { label: 'Single spikes', keys: 'W', on: spikes, toggle: actions.toggleWaveformSpikes },
          { label: 'Template', keys: 'T', on: template, toggle: actions.toggleTemplates },
          { label: 'Mean of the shown spikes', keys: 'M', on: mean, toggle: actions.toggleMean },
          { label: '± standard deviation', keys: 'D', on: std, toggle: actions.toggleStd },
          { label: 'Units over each other', keys: 'O', on: overlap, toggle: actions.toggleOverlap },
        ]}
      />
    </ViewPanel>
  );
}

export function CorrelogramsPanel() {
  return <ViewPanel view={views.correlogram} options={viewOptions.correlogram} />;
}

export function ProbePanel() {
  return <ViewPanel view={views.probe} options={viewOptions.probe} />;
}

interface ToggleProps {
  readonly label: string;
  readonly help: string;
  readonly on: boolean;
  onClick(): void;
}

function Toggle({ label, help, on, onClick }: ToggleProps) {
  return (
    <button type="button" className="toggle" aria-pressed={on} title={help} onClick={onClick}>
      {label}
    </button>
  );
}
