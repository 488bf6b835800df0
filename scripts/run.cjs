#!/usr/bin/env node
// node scripts/run.cjs NAME [arguments]: runs scripts/NAME.mjs. Any Node, however old, can read this file and say that
// it is too old; what only a new one can read is behind the require.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  // biome-ignore lint/style/useTemplate: older than templates
  console.error('Spikedesk needs Node 20.19 or newer; this is Node ' + version.join('.') + ': ' + process.execPath);
  console.error('Install Node 20 or 22 from https://nodejs.org or your distribution and run the same command again.');
  process.exit(1);
}
require('./load.cjs');
