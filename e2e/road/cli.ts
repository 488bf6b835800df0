import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('./cli.mjs', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has printed so far. */
  stdout(): string;
}

/** Starts the built command line, as a user would. `through`: a command in front. */
export function startCli(args: readonly string[], dataFolder: string, through: readonly string[] = []): Started {
  const [command, ...rest] = [...through, process.execPath, CLI, ...args];
  const started = performance.now();
  const child = spawn(command!, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SPIKEDESK_DATA: dataFolder },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code: code ?? -1, stdout, stderr, seconds: (performance.now() - started) / 1000 }),
    );
  });
  return { child, ended, stdout: () => stdout };
}

export function cli(args: readonly string[], dataFolder: string, through?: readonly string[]): Promise<Ended> {
  return startCli(args, dataFolder, through).ended;
}

/** The JSON lines of --json. */
export function jsonLines({ stdout }: Ended): { readonly type: string; readonly [key: string]: unknown }[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
