import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type Desktop, PORT_MESSAGE } from '../core/shared/desktop.ts';
import { CHANNELS } from './channels.ts';

// The bridge cannot carry a port, a window message can.
ipcRenderer.on(CHANNELS.port, (event) => {
  const [port] = event.ports;
  if (port) window.postMessage(PORT_MESSAGE, window.location.origin, [port]);
});

const desktop: Desktop = {
  connect: () => ipcRenderer.send(CHANNELS.connect),
  pick: (request) => ipcRenderer.invoke(CHANNELS.pick, request),
  pathOf: (file) => webUtils.getPathForFile(file),
  notify: (notice) => ipcRenderer.invoke(CHANNELS.notify, notice),
  copyText: (text) => ipcRenderer.invoke(CHANNELS.copyText, text),
  openExternal: (url) => ipcRenderer.invoke(CHANNELS.openExternal, url),
  savePicture: (picture) => ipcRenderer.invoke(CHANNELS.savePicture, picture),
  showInFolder: (path) => ipcRenderer.invoke(CHANNELS.showInFolder, path),
  reload: () => ipcRenderer.invoke(CHANNELS.reload),
};

contextBridge.exposeInMainWorld('spikedesk', Object.freeze(desktop));
