import { expect, test } from 'vitest';
import { Quiet } from './quiet.ts';

const never = new AbortController().signal;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A method that runs until told. */
function held(quiet: Quiet) {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const method = quiet.counted(async function* () {
    yield 1;
    await gate;
    return 2;
  });
  return { call: () => method({}, never), release: () => release() };
}

test('it is quiet a while after the last call has ended', async () => {
  const quiet = new Quiet();
  const { call, release } = held(quiet);
  const running = call();
  await running.next();
  let was = false;
  const waiting = quiet.wait(30, never).then(() => {
    was = true;
  });
  await pause(80);
  expect(was).toBe(false);
  release();
  expect(await running.next()).toEqual({ done: true, value: 2 });
  const ended = performance.now();
  await waiting;
  expect(performance.now() - ended).toBeGreaterThanOrEqual(25);
});

test('a call that is given up counts as ended', async () => {
  const quiet = new Quiet();
  const running = held(quiet).call();
  await running.next();
  await running.return(undefined);
  await quiet.wait(1, never);
});

test('a call interrupts what is done ahead of time', async () => {
  const quiet = new Quiet();
  const work = quiet.interruptible(
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    never,
  );
  const { call, release } = held(quiet);
  release();
  const running = call();
  await expect(Promise.all([work, running.next()])).rejects.toThrow('cancelled');
});

test('waiting can be cancelled', async () => {
  const stop = new AbortController();
  const waiting = new Quiet().wait(1e6, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow('cancelled');
});
