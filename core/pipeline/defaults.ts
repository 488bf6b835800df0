import { extensions } from '../analyzer/extensions/index.ts';
import type { RecordingInfo, SourceSpec } from '../shared/recording.ts';
import { SESSION_VERSION, type Session } from '../shared/session.ts';
import { nameOf } from './place.ts';
import { parseSession } from './sessionFile.ts';
import { forSession } from './workspace.ts';

/** With fewer channels a common reference takes away much of the spikes themselves. */
const REFERENCE_FROM = 8;

/** The session proposed for a recording just opened. `folder`: where session.json will lie. */
export function defaultSession(spec: SourceSpec, info: RecordingInfo | undefined, folder: string): Session {
  return parseSession(
    {
      spikedesk: SESSION_VERSION,
      name: nameOf(spec),
      recording: {
        format: spec.format,
        paths: spec.paths.map((path) => forSession(folder, path)),
        params: spec.params,
      },
      preprocess: defaultSteps(info),
      sorter: { name: 'spikedesk' },
      analyzer: { extensions: extensions.map(({ name }) => ({ name })), metrics: [] },
      exports: [],
    },
    'session.json',
  );
}

/** The steps by number of channels, rate, and what was done to the recording before; those left out can be switched on. */
function defaultSteps(info: RecordingInfo | undefined): object[] {
  const rate = info?.samplingFrequency ?? 30_000;
  return [
    {
      step: 'bandpass_filter',
      params: { freq_min: 300, freq_max: Math.min(6000, Math.floor(0.45 * rate)) },
      enabled: !info?.isFiltered,
    },
    { step: 'common_reference', params: {}, enabled: (info?.channelIds.length ?? REFERENCE_FROM) >= REFERENCE_FROM },
  ];
}
