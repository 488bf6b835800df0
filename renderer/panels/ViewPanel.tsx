import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { panelOptions } from '../state/panels.ts';
import { describe } from '../state/problems.ts';
import type { AnyView, View } from '../views/view.ts';
import { Hint } from './Hint.tsx';
import { PanelMenu } from './PanelMenu.tsx';
import { useServices } from './services.ts';
import { ViewBar } from './ViewBar.tsx';
import { ViewMenu } from './ViewMenu.tsx';
import { ViewHost, type ViewStatus } from './viewHost.ts';

interface Props {
  /** Unique on the page; panels of that id share their options from one station to the next. */
  readonly panelId: string;
}

const NOTHING: ViewStatus = { summary: '', empty: undefined, reading: undefined, waiting: false, error: undefined };
const IDLE = createStore<ViewStatus>()(() => NOTHING);

/** A view in its frame: what is shown, what lies under the pointer, and the place it is drawn in. */
export function ViewPanel({ view, panelId }: Props & { readonly view: AnyView }) {
  return view.with((one) => <Panel view={one} panelId={panelId} key={panelId} />);
}

function Panel<Options>({ view, panelId }: Props & { readonly view: View<Options> }) {
  const services = useServices();
  const options = useMemo(() => panelOptions(view, panelId), [view, panelId]);
  const picture = useRef<HTMLDivElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const echoes = useRef<HTMLDivElement>(null);
  const [host, setHost] = useState<ViewHost<Options>>();

  useEffect(() => {
    if (!picture.current || !labels.current || !echoes.current) return;
    const elements = { picture: picture.current, labels: labels.current, echoes: echoes.current };
    const made = new ViewHost(view, panelId, options, services, elements);
    setHost(made);
    return () => made.dispose();
  }, [view, panelId, options, services]);

  const { summary, empty, reading, waiting, error } = useStore(host?.status ?? IDLE);
  const says = error ? describe(error).message : empty;
  return (
    <section className="panel view" aria-label={view.label} data-view={view.name} data-panel={panelId}>
      <header className="panel-head">
        <Hint label={`About ${view.label}`} text={view.help} />
        <span className="summary" title={summary}>
          {summary}
        </span>
        <div className="bar">{host && <ViewBar view={view} options={options} host={host} />}</div>
        {host && <ViewMenu view={view} options={options} host={host} />}
        {host && <PanelMenu view={view} panelId={panelId} host={host} />}
      </header>
      <div
        className={waiting ? 'picture waiting' : 'picture'}
        ref={picture}
        role="img"
        aria-label={`${view.label}: ${summary}`}
      >
        <div className="labels" ref={labels} />
        <div className="echoes" ref={echoes} />
        {says !== undefined && <p className={error ? 'says wrong' : 'says'}>{says}</p>}
        {reading !== undefined && <output className="reading">{reading}</output>}
      </div>
    </section>
  );
}
