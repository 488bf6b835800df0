import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (root) createRoot(root).render(<h1>Spikedesk</h1>);
Reflect.get(window, 'spikedesk').connect();
