import { open } from '../open.ts';
import { canonical } from '../shared/json.ts';
import { isStep, type Recording, type RecordingSpec } from '../shared/recording.ts';

/** Recordings this thread keeps open for the next caller, and how long it waits for one. */
const KEPT = 4;
const IDLE_MS = 10_000;

interface Kept {
  readonly recording: Promise<Recording>;
  users: number;
  idle?: NodeJS.Timeout;
}

const kept = new Map<string, Kept>();

/**
 * Runs `use` with the recording of `spec`, opened or still open from the call before. It is closed a while after its
 * last use, so that files can be replaced and folders removed.
 */
export async function withOpened<T>(spec: RecordingSpec, use: (recording: Recording) => Promise<T>): Promise<T> {
  const borrowed = borrow(spec);
  try {
    return await use(await borrowed.recording);
  } finally {
    giveBack(borrowed);
  }
}

/** Closes what nobody uses now. */
export function closeIdle(): void {
  for (const one of kept.values()) if (one.users === 0) close(one);
}

function borrow(spec: RecordingSpec): Kept {
  const key = canonical(keyOf(spec));
  const one = kept.get(key) ?? { recording: open(spec), users: 0 };
  kept.delete(key);
  kept.set(key, one); // most recently used last
  one.users++;
  clearTimeout(one.idle);
  one.recording.catch(() => forget(one));
  for (const other of kept.values()) if (kept.size > KEPT && other.users === 0) close(other);
  return one;
}

function giveBack(one: Kept): void {
  one.users--;
  if (one.users > 0) return;
  one.idle = setTimeout(() => close(one), IDLE_MS);
  one.idle.unref();
}

function close(one: Kept): void {
  clearTimeout(one.idle);
  forget(one);
  one.recording.then(
    (recording) => recording.close(),
    () => {}, // it never opened; its caller has been told
  );
}

function forget(one: Kept): void {
  for (const [key, other] of kept) if (other === one) kept.delete(key);
}

/** Without the learnt matrices, which follow from the rest; only whether they are there. */
function keyOf(spec: RecordingSpec): Parameters<typeof canonical>[0] {
  if (!isStep(spec)) return JSON.parse(JSON.stringify(spec));
  return { step: spec.step, params: spec.params, fitted: spec.fitted !== undefined, parent: keyOf(spec.parent) };
}
