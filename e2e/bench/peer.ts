import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A Python script kept running: each line asked is answered with a line. */
export interface Peer {
  ask(line: string): Promise<string>;
  close(): void;
}

export function openPeer(python: string, script: string, args: readonly string[]): Peer {
  const child = spawn(python, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${script} ended (${child.exitCode ?? child.signalCode})`);
      return value;
    },
    close: () => child.stdin.end(),
  };
}
