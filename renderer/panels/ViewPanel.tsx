import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { describe } from '../state/problems.ts';
import type { OptionsStore } from '../state/viewOptions.ts';
import type { View } from '../views/view.ts';
import { Hint } from './Hint.tsx';
import { useServices } from './services.ts';
import { ViewHost, type ViewStatus } from './viewHost.ts';

interface Props<Options> {
  readonly view: View<Options>;
  readonly options: OptionsStore<Options>;
  /** Switches and choices of this view, in its head. */
  readonly children?: ReactNode;
}

const NOTHING: ViewStatus = { summary: '', empty: undefined, reading: undefined, waiting: false, error: undefined };
const IDLE = createStore<ViewStatus>()(() => NOTHING);

/** A view in its frame: title, what is shown, what lies under the pointer, and the place it is drawn in. */
export function ViewPanel<Options>({ view, options, children }: Props<Options>) {
  const services = useServices();
  const element = useRef<HTMLDivElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const [status, setStatus] = useState(IDLE);

  useEffect(() => {
    if (!element.current || !labels.current) return;
    const host = new ViewHost(view, options, services, element.current, labels.current);
    setStatus(host.status);
    return () => host.dispose();
  }, [view, options, services]);

  const { summary, empty, reading, waiting, error } = useStore(status);
  const says = error ? describe(error).message : empty;
  return (
    <section className="panel view" aria-label={view.label}>
      <header className="panel-head">
        <h2>{view.label}</h2>
        <Hint label={`About ${view.label}`} text={view.help} />
        <span className="summary">{summary}</span>
        <span className="spring" />
        {children}
      </header>
      <div
        className={waiting ? 'picture waiting' : 'picture'}
        ref={element}
        role="img"
        aria-label={`${view.label}: ${summary}`}
      >
        <div className="labels" ref={labels} />
        {says !== undefined && <p className={error ? 'says wrong' : 'says'}>{says}</p>}
        {reading !== undefined && <output className="reading">{reading}</output>}
      </div>
    </section>
  );
}
