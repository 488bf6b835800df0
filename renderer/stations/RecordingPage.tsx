import { useState } from 'react';
import { absolutePath } from '../../core/shared/absolutePath.ts';
import type { RecordingInfo } from '../../core/shared/recording.ts';
import { toParams, type Values } from '../forms/values.ts';
import { ParamForm } from '../panels/ParamForm.tsx';
import { Settings } from '../panels/Settings.tsx';
import { StationHead } from '../panels/StationHead.tsx';
import { useActions } from '../panels/services.ts';
import { useSession } from '../state/session.ts';
import { useOpen } from './useOpen.ts';

/** What was found in the file; what the file could not tell is asked here, once. */
export function RecordingPage() {
  const { state, catalogue } = useOpen();
  const actions = useActions();
  const { recording: source } = state.session;
  const format = catalogue.formats.find(({ name }) => name === source.format);
  const edit = (params: Values) => actions.edit({ recording: { ...source, params: toParams(params) } });
  return (
    <>
      <StationHead
        station="recording"
        blocked={state.asks.length > 0 ? 'Answer the questions below first.' : undefined}
      />
      <Settings>
        {format && state.asks.length > 0 && <Asked />}
        {state.recording && (
          <Facts info={state.recording} format={format?.label ?? source.format} paths={source.paths} />
        )}
        {format && state.asks.length === 0 && (
          <details className="block">
            <summary>How the file is read</summary>
            <p className="quiet">{format.help}</p>
            <ParamForm
              schema={format.schema}
              defaults={format.defaults}
              values={source.params}
              onChange={(params) => void edit(params)}
            />
          </details>
        )}
      </Settings>
    </>
  );
}

/** The params the file does not tell. They are sent together: half an answer cannot be read with. */
function Asked() {
  const { state, catalogue } = useOpen();
  const actions = useActions();
  const { recording: source } = state.session;
  const [values, setValues] = useState<Values>(source.params);
  const format = catalogue.formats.find(({ name }) => name === source.format);
  if (!format) return null;
  const answered = Object.fromEntries(state.asks.map((name) => [name, values[name] ?? format.defaults[name] ?? null]));
  const use = () =>
    void actions.edit({ recording: { ...source, params: toParams({ ...source.params, ...values, ...answered }) } });
  return (
    <section className="block ask" aria-label="What the file does not tell">
      <h2>What the file does not tell</h2>
      <p className="quiet">Please give these once; they are kept in the session.</p>
      <ParamForm
        schema={format.schema}
        defaults={format.defaults}
        values={values}
        only={state.asks}
        onChange={setValues}
        onRun={use}
      />
      <button type="button" className="primary" onClick={use}>
        Use these
      </button>
    </section>
  );
}

function Facts({
  info,
  format,
  paths,
}: {
  readonly info: RecordingInfo;
  readonly format: string;
  readonly paths: readonly string[];
}) {
  const folder = useSession((s) => s.session?.folder);
  const seconds = info.numFrames.map((frames) => frames / info.samplingFrequency);
  const gains = [...new Set(info.gainToUv)];
  const facts: [string, string][] = [
    ['Format', format],
    ['Channels', String(info.channelIds.length)],
    ['Sampling rate', `${info.samplingFrequency.toLocaleString('en')} Hz`],
    [seconds.length > 1 ? 'Segments' : 'Duration', seconds.map(clock).join(', ')],
    ['Stored as', info.dtype],
    [
      'Scale',
      gains.length === 0
        ? 'raw units: the file has no gain'
        : gains.length === 1
          ? `${Number(gains[0]!.toPrecision(4))} µV per step`
          : 'µV, a gain for each channel',
    ],
    ['Filtered before', info.isFiltered ? 'yes' : 'no'],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
      <dt>{paths.length > 1 ? 'Files' : 'File'}</dt>
      <dd className="mono path">{paths.map((path) => absolutePath(folder ?? '', path)).join('\n')}</dd>
      {folder && (
        <>
          <dt>Results</dt>
          <dd className="mono path">{folder}</dd>
        </>
      )}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** "1 h 02 min 03 s", "60.0 s" */
function clock(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toPrecision(4))} s`;
  const two = (v: number) => String(Math.floor(v)).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours} h ` : ''}${two((seconds / 60) % 60)} min ${two(seconds % 60)} s`;
}
