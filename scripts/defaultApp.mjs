// The default app of the npm-carried Electron runtime: starts the app whose folder is named on the command line, as
// Electron's own does. The app is awaited at the top level: otherwise Electron is ready before it has said anything.
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const args = process.argv.slice(1);
let target;
while (args.length > 0 && !target) {
  const arg = args.shift();
  if (arg === '-v' || arg === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (arg === '-r' || arg === '--require') {
    Module._preloadModules([args.shift()]); // how Playwright gets in
  } else if (!arg.startsWith('-')) target = path.resolve(arg);
}
if (!target) {
  console.error('usage: electron FOLDER');
  process.exit(1);
}

process.defaultApp = true;
const manifest = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setDesktopName(`${app.name}.desktop`);
app.setPath('userData', path.join(app.getPath('appData'), app.name));
app.setAppPath(target);
try {
  await import(pathToFileURL(path.join(target, manifest.main)).href);
} catch (error) {
  console.error('App threw an error during load');
  console.error(error);
  process.exit(1);
}
