import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asOrdinaryUser } from './ordinaryUser.mjs';
import { capture, failure } from './processes.mjs';

const FUSES = [
  'RunAsNode off',
  'EnableCookieEncryption off',
  'EnableNodeOptionsEnvironmentVariable off',
  'EnableNodeCliInspectArguments off',
  'EnableEmbeddedAsarIntegrityValidation on',
  'OnlyLoadAppFromAsar on',
  'LoadBrowserProcessSpecificV8Snapshot off',
  'GrantFileProtocolExtraPrivileges off',
].join(', ');

/** Unpacks the .tar.gz elsewhere and, as an ordinary user, opens its window and runs the demo; tries what the fuses forbid. */
export async function tryPackage(tarball, fuses) {
  let failed = 0;
  const check = (name, passed) => {
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`);
    if (!passed) failed++;
  };
  check('the fuses are the release set', fuses === FUSES);
  await asOrdinaryUser(async (user) => {
    const { code, stderr } = capture('tar', ['-xzf', tarball, '-C', user.folder]);
    if (code !== 0) throw failure(`${tarball} cannot be unpacked: ${stderr.trim()}`);
    const app = join(
      user.folder,
      readdirSync(user.folder).find((name) => /^spikedesk-\d/.test(name)),
      'spikedesk',
    );
    const start = (args, env) => {
      const result = user.capture([app, ...args], env);
      const said = result.stdout.split('\n').find((line) => line.startsWith('smoke:'));
      return { ...result, said: said ?? 'smoke: said nothing' };
    };
    const opens = ({ code, said }) => code === 0 && said.includes('window painted');

    const window = start(['--smoke']);
    console.log(window.said);
    check('the window opens', opens(window));
    const demo = start(['--smoke=demo']);
    console.log(demo.said);
    check('the demo runs', opens(demo) && /accuracy 0\.\d\d/.test(demo.said));

    const script = join(user.output, 'planted.cjs');
    writeFileSync(script, "require('node:fs').writeFileSync(process.argv[1] + '.ran', ''); process.exit(7);");
    const asNode = start([script, '--smoke'], { ELECTRON_RUN_AS_NODE: '1' });
    check('ELECTRON_RUN_AS_NODE starts no Node', opens(asNode));
    check('NODE_OPTIONS is not read', opens(start(['--smoke'], { NODE_OPTIONS: `--require=${script}` })));
    const inspected = start(['--smoke', '--inspect=127.0.0.1:9339']);
    check('--inspect opens no port', opens(inspected) && !inspected.stderr.includes('Debugger listening'));
  });
  console.log(`${6 - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
