#!/usr/bin/env node
// node scripts/run.cjs NAME [arguments]: runs scripts/NAME.mjs. Written so that even a very old Node can read this
// file and say that it is too old; everything newer is behind the import.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error(
    'Spikedesk needs Node 20.19 or newer; this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').\n' +
      'Install Node 20 or 22 from https://nodejs.org or your distribution, then run the same command again.',
  );
  process.exit(1);
}
var name = process.argv.splice(2, 1)[0];
import('./' + name + '.mjs')
  .then((script) => script.main(process.argv.slice(2)))
  .then(
    (code) => {
      process.exitCode = code || 0;
    },
    (error) => {
      console.error(error.expected ? error.message : error);
      process.exitCode = 1;
    },
  );
