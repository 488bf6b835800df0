import type { Locator, Page } from 'playwright';
import type { DrawnFrame } from '../../renderer/measure.ts';

/** A stretch of the recording, s. */
export interface Range {
  readonly startS: number;
  readonly spanS: number;
}

/** A frame of the traces that shows a range, with the input event that asked for it. */
export interface Shown extends DrawnFrame {
  /** From the event's timeStamp, ms. */
  readonly ms: number;
  /** All that core has sent since the event. */
  readonly bytes: number;
}

/** Listens in the page for the events that steps are timed from. */
export async function listen(page: Page, readback: boolean): Promise<void> {
  await page.evaluate((on) => {
    const measured = window.__spikedeskMeasure?.({ readback: on });
    if (!measured || Reflect.has(window, 'benchMeasured')) return;
    Reflect.set(window, 'benchMeasured', measured);
    const note = (event: Event) =>
      Reflect.set(window, 'benchEvent', { at: event.timeStamp, frames: measured.frames.length, bytes: measured.bytes });
    const enter = (event: KeyboardEvent) => {
      if (event.key === 'Enter') note(event);
    };
    window.addEventListener('keydown', enter, { capture: true });
    window.addEventListener('click', note, { capture: true });
    window.addEventListener('change', note, { capture: true });
  }, readback);
}

/**
 * Waits for the first frame of the traces after the last event that holds the range: exactly, or `sampled`: also as a
 * first picture. Undefined range: any.
 */
export async function frameOf(
  page: Page,
  wanted: { readonly range: Range | undefined; readonly rate: number; readonly sampled: boolean },
): Promise<Shown> {
  return await page.evaluate(
    ({ range, rate, sampled }) =>
      new Promise<Shown>((resolve, reject) => {
        const { measured, event } = {
          measured: Reflect.get(window, 'benchMeasured'),
          event: Reflect.get(window, 'benchEvent'),
        };
        const start = range && Math.round(range.startS * rate);
        const end = range && Math.round((range.startS + range.spanS) * rate);
        const near = (a: number, b: number | undefined) => b === undefined || Math.abs(a - b) <= 1 + rate / 1e4;
        let next: number = event.frames;
        const given = performance.now();
        const look = () => {
          for (; next < measured.frames.length; next++) {
            const frame: DrawnFrame = measured.frames[next];
            if (frame.view !== 'trace' || !frame.window || !frame.summary.includes('channels')) continue;
            if (!near(frame.window.startFrame, start) || !near(frame.window.endFrame, end)) continue;
            const first = frame.summary.includes('sampled');
            if (first ? !sampled : frame.waiting) continue;
            clearInterval(timer);
            return resolve({ ...frame, ms: frame.at - event.at, bytes: measured.bytes - event.bytes });
          }
          if (performance.now() - given < 60_000) return;
          clearInterval(timer);
          const last = JSON.stringify(measured.frames.filter(({ view }: DrawnFrame) => view === 'trace').at(-1));
          reject(new Error(`no frame of ${JSON.stringify(range)} in 60 s; the last was ${last}`));
        };
        const timer = setInterval(look, 8);
      }),
    wanted,
  );
}

type Field = 'startS' | 'spanS';

/** A field in the traces' head. */
export function field(page: Page, param: Field): Locator {
  return page.locator(`[data-view=trace] input[data-param=${param}]`);
}

/** Types into a field of the traces' head and presses Enter: the step. */
export async function type(page: Page, param: Field, value: number): Promise<void> {
  await field(page, param).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(String(value));
  await page.keyboard.press('Enter');
}

export const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(part * values.length))] ?? Number.NaN;
