import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What a child process does. It talks to its parent in lines of JSON: say() on one side, `lines` on the other. */
export type ChildJob = (args: readonly string[], input: AsyncIterable<string>) => Promise<void>;

/** A line to the parent, in the pipe before the call returns: what a kill a moment later cannot take back. */
export function say(value: unknown): void {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

export interface Child {
  readonly pid: number;
  /** The next line it says; undefined once it has ended and all is read. */
  next(): Promise<unknown>;
  tell(line: string): void;
  /** kill -9, then all it had said that was not read yet. */
  kill(): Promise<unknown[]>;
  /** Exit code, or the signal's name, once it has ended. */
  readonly ended: Promise<number | string>;
  /** What it wrote to stderr. */
  errors(): string;
}

/** Starts this program again as `--child job args`. `through`: a command in front, as ['prlimit', '--fsize=4096']. */
export function startChild(job: string, args: readonly string[], through: readonly string[] = []): Child {
  const [command, ...rest] = [...through, process.execPath, process.argv[1]!, '--child', job, ...args];
  const child = spawn(command!, rest, { stdio: ['pipe', 'pipe', 'pipe'] });
  return watched(child);
}

function watched(child: ChildProcessByStdio<Writable, Readable, Readable>): Child {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  child.stdin.on('error', () => undefined); // it may be dead already
  const ended = once(child, 'close').then(([code, signal]): number | string => code ?? signal);
  const next = async () => {
    const line = await lines.next();
    return line.done ? undefined : JSON.parse(line.value);
  };
  return {
    pid: child.pid ?? -1,
    next,
    tell: (line) => void child.stdin.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL');
      const rest: unknown[] = [];
      for (let line = await next(); line !== undefined; line = await next()) rest.push(line);
      await ended;
      return rest;
    },
    ended,
    errors: () => errors,
  };
}
