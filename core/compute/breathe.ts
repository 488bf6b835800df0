import { abortError } from '../shared/errors.ts';

/** Lets messages in: a long job awaits this every few milliseconds, so that visible jobs and cancel get through. */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw abortError();
}
