import { abortError } from '../shared/errors.ts';
import { runCommandLine } from './commandLine.ts';

/** A terminal sends Ctrl+C to us and to whoever started us, who passes it on: those two are one. */
const SAME_MS = 300;
/** Who presses again after this long does not want to wait for the clean end. */
const IMPATIENT_MS = 3000;

const controller = new AbortController();
let first = 0;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => {
    const now = Date.now();
    if (first === 0) {
      first = now;
      controller.abort(abortError());
    } else if (now - first > IMPATIENT_MS) process.exit(130);
    else if (now - first > SAME_MS) process.stderr.write('ending …\n');
  });
// `spikedesk … | head` closes the pipe early.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCommandLine(process.argv.slice(2), controller.signal);
