import 'dockview-react/dist/styles/dockview.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/chrome.css';
import './styles/dock.css';
import './styles/panels.css';
import './styles/forms.css';
import './styles/chain.css';
import './styles/units.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Api } from '../core/shared/api.ts';
import type { Desktop } from '../core/shared/desktop.ts';
import { connect } from '../core/shared/rpc.ts';
import { App } from './App.tsx';
import { createActions } from './actions/index.ts';
import { Cache } from './data/cache.ts';
import { openPort } from './data/port.ts';
import { Surface } from './gl/surface.ts';
import { bindKeys } from './keys.ts';
import { letMeasure } from './measure.ts';
import { rememberSettings } from './settings/index.ts';
import { useLayout } from './state/layout.ts';
import { useLayouts } from './state/layouts.ts';
import { useProblems } from './state/problems.ts';
import { remember } from './state/remember.ts';
import { useSelection } from './state/selection.ts';
import { useSession } from './state/session.ts';
import { rememberTheme } from './theme.ts';

declare global {
  interface Window {
    /** How much drawing code was not prepared at build time: the end-to-end tests expect 0. */
    readonly __spikedeskCacheMisses?: number;
  }
}

/** Bytes of answers kept, so that what was looked at lately is there at once. */
const CACHE_BYTES = 256 << 20;

async function start(desktop: Desktop): Promise<void> {
  rememberTheme();
  const canvas = document.querySelector('canvas');
  const root = document.getElementById('root');
  if (!canvas || !root) throw new Error('index.html lacks its canvas or root');
  const port = await openPort(desktop);
  port.onClose?.(() => useSession.setState({ lost: true }));
  const client = connect<Api>(port);
  const surface = new Surface(canvas, (graphicsLost) => useLayout.setState({ graphicsLost }));
  Object.defineProperty(window, '__spikedeskCacheMisses', { get: () => surface.misses.length });
  letMeasure(port, surface);
  useLayout.subscribe(({ theme }, before) => {
    if (theme !== before.theme) surface.redrawAll();
  });

  const services = { client, desktop, surface, cache: new Cache<never>(CACHE_BYTES) };
  const actions = createActions(services);
  bindKeys(actions);
  keepSelection();
  const { tell } = useProblems.getState();
  client.call('watch', undefined, { onItem: (session) => useSession.getState().receive(session) }).catch(tell);
  client.call('catalogue', undefined).then((catalogue) => useSession.setState({ catalogue }), tell);
  void actions.refreshRecents();
  void rememberSettings(client).then(() => {
    window.addEventListener('pagehide', remember()); // by now the session is known, if one is open
    useLayouts.setState({ ready: true });
  });
  createRoot(root).render(
    <StrictMode>
      <App services={services} actions={actions} />
    </StrictMode>,
  );
  requestIdleCallback(() => surface.prepare()); // the welcome page needs no graphics: it is painted first
}

/** Units that a new sorting or another window has taken away are selected no more. */
function keepSelection(): void {
  useSession.subscribe(({ session }, before) => {
    const units = session?.curation?.units;
    if (units && units !== before.session?.curation?.units)
      useSelection.getState().keep(new Set(units.map(({ unitId }) => unitId)));
  });
}

if (window.spikedesk) void start(window.spikedesk);
