import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/*
 * Memory of the processes of a window. Its sandboxed processes show theirs to root alone, so a driver, which is an
 * ordinary user, asks whoever started it.
 */

/** The driver's side. Resolves to MB. */
export async function askMemory(output: string, pid: number): Promise<number> {
  writeFileSync(join(output, 'memory-of'), String(pid));
  for (;;) {
    const answer = join(output, 'memory-is');
    if (existsSync(answer)) {
      const text = readFileSync(answer, 'utf8');
      if (text.endsWith('\n')) {
        rmSync(answer);
        return Number(text);
      }
    }
    await wait(20);
  }
}

/** The other side: answers until the function it returns is called. */
export function answerMemory(output: string): () => void {
  const timer = setInterval(() => {
    const asked = join(output, 'memory-of');
    if (!existsSync(asked)) return;
    const pid = Number(readFileSync(asked, 'utf8'));
    if (!(pid > 0)) return;
    rmSync(asked);
    writeFileSync(join(output, 'memory-is'), `${treeMemory(pid) / 1e6}\n`);
  }, 50);
  return () => clearInterval(timer);
}

/** Bytes of a process and all it has started; what they share counts once. */
function treeMemory(pid: number): number {
  return [pid, ...descendants(pid)].reduce((sum, each) => sum + memoryOf(each), 0);
}

/** PSS; where only its owner may see that, what is resident. */
function memoryOf(pid: number): number {
  const rollup = read(`/proc/${pid}/smaps_rollup`) ?? '';
  const pss = /^Pss:\s+(\d+) kB/m.exec(rollup);
  if (pss) return 1024 * Number(pss[1]);
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '');
  return resident ? 1024 * Number(resident[1]) : 0;
}

function descendants(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : undefined;
    if (stat === undefined) continue;
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
  }
  const below = (parent: number): number[] => (parents.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** Undefined: it has ended since, or may not be read. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
