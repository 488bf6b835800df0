import { type Desktop, PORT_MESSAGE } from '../../core/shared/desktop.ts';
import type { Port } from '../../core/shared/rpc.ts';

declare global {
  interface Window {
    /** From the preload. */
    readonly spikedesk?: Desktop;
  }
}

/** Asks the desktop for a port to core; it comes as a message of this window to itself. */
export function openPort(desktop: Desktop): Promise<Port> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== PORT_MESSAGE || !port) return;
      window.removeEventListener('message', receive);
      resolve(pagePort(port));
    };
    window.addEventListener('message', receive);
    desktop.connect();
  });
}

/** The page's end of the protocol. */
function pagePort(port: MessagePort): Port {
  return {
    post: (message, transfer) => port.postMessage(message, transfer ? [...transfer] : []),
    onMessage(handler) {
      port.addEventListener('message', (event) => handler(event.data));
      port.start();
    },
    onClose: (handler) => port.addEventListener('close', handler),
  };
}
