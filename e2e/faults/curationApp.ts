import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { Api } from '../../core/shared/api.ts';
import type { ArgsOf } from '../../core/shared/rpc.ts';
import { appFolder } from '../desk.ts';

/** Starts the app as its user would, with nothing of a test attached. */
export function startPlain(home: string): ChildProcess {
  const electron = process.env.SPIKEDESK_ELECTRON ?? '';
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.data'),
  };
  return spawn(electron, [appFolder], { env, stdio: 'ignore', detached: true });
}

/** Kills the process and all it has started with signal 9, the first first, and waits until none is left. */
export async function killAll(pid: number): Promise<void> {
  const all = [pid, ...descendants(pid)];
  for (const each of all) send(each, 'SIGKILL');
  while (all.some(isRunning)) await wait(2);
}

/** The process has ended, or was killed and nobody has asked for its exit code yet. */
function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== 'Z';
}

function send(pid: number, signal: 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it has ended by itself
  }
}

function descendants(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat) parents.set(stat.parent, [...(parents.get(stat.parent) ?? []), Number(name)]);
  }
  const below = (parent: number): number[] => (parents.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

function statOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined; // it has ended since
  }
}

/** Gives the page a second port to core, as the window's own, for `ask`. */
export async function openPort(page: Page): Promise<void> {
  await page.locator('#root button').first().waitFor(); // by then the window has its own
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const asked = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
        const receive = ({ ports: [port] }: MessageEvent) => {
          if (!port) return;
          window.removeEventListener('message', receive);
          port.onmessage = ({ data }) => {
            if ('result' in data) asked.get(data.id)?.resolve(data.result);
            else if ('error' in data) asked.get(data.id)?.reject(new Error(JSON.stringify(data.error)));
            else if ('item' in data) Reflect.set(window, 'stateOfCore', data.item);
          };
          Reflect.set(window, 'askCore', (call: string, args: unknown) => {
            const id = asked.size + 1;
            return new Promise((resolve, reject) => {
              asked.set(id, { resolve, reject });
              port.postMessage({ id, call, args });
            });
          });
          resolve();
        };
        window.addEventListener('message', receive);
        window.spikedesk?.connect();
      }),
  );
}

/** Calls core from the page; resolves once the answer has come to the page and from there to us. */
export function ask<K extends 'open' | 'curate'>(page: Page, call: K, args: ArgsOf<Api[K]>): Promise<unknown> {
  const text = JSON.stringify(args);
  return page.evaluate(([name, json]) => Reflect.get(window, 'askCore')(name, JSON.parse(json)), [call, text] as const);
}

/** From now on the page's second port is told of every change, as the window is. */
export async function watchState(page: Page): Promise<void> {
  await page.evaluate(() => void Reflect.get(window, 'askCore')('watch', undefined));
}

/** Resolves when the page has been told of a state with so many events in the curation's log. */
export async function seenEvents(page: Page, events: number): Promise<void> {
  const seen = (wanted: number) => Reflect.get(window, 'stateOfCore')?.curation?.events >= wanted;
  await page.waitForFunction(seen, events, { polling: 5, timeout: 5000 });
}
