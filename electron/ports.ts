import type { MessagePortMain } from 'electron';
import type { Port } from '../core/shared/rpc.ts';

/** Main's end of the protocol. Electron copies every byte here: a transfer list would lose the data, so it is dropped. */
export function mainPort(port: MessagePortMain): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage(handler) {
      port.on('message', (event) => handler(event.data));
      port.start();
    },
    onClose: (handler) => void port.on('close', handler),
  };
}
