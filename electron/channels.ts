/** The names both ends of Electron's IPC agree on; the page never sees or chooses one. */
export const CHANNELS = {
  port: 'spikedesk:port',
  connect: 'spikedesk:connect',
  pick: 'spikedesk:pick',
  notify: 'spikedesk:notify',
  copyText: 'spikedesk:copyText',
  openExternal: 'spikedesk:openExternal',
  savePicture: 'spikedesk:savePicture',
  showInFolder: 'spikedesk:showInFolder',
  reload: 'spikedesk:reload',
} as const;
