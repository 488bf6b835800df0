import type { Port } from '../core/shared/rpc.ts';
import { sizeOf } from './data/cache.ts';
import type { Surface } from './gl/surface.ts';
import { hostAt, waiting } from './panels/hosts.ts';
import type { TimeWindow } from './views/view.ts';

/** A panel's picture that is in the canvas, not only asked for. */
export interface DrawnFrame {
  /** performance.now() */
  readonly at: number;
  readonly view: string;
  readonly panelId: string;
  /** It still shows old data. */
  readonly waiting: boolean;
  readonly summary: string;
  readonly window: TimeWindow | undefined;
}

/** What is read while the window is measured. */
export interface Measured {
  readonly frames: DrawnFrame[];
  /** Tasks of the page over 50 ms: start and duration. */
  readonly longTasks: { readonly at: number; readonly ms: number }[];
  /** Of everything core has sent. */
  bytes: number;
  /** Panels that can be seen and wait for data. */
  waiting(): number;
}

declare global {
  interface Window {
    /** For the benches: from the first call on it is measured. `readback`: each frame waits until it is in the canvas. */
    readonly __spikedeskMeasure?: (options: { readonly readback: boolean }) => Measured;
  }
}

/** Lets a bench measure this window. Costs nothing before it asks. */
export function letMeasure(port: Port, surface: Surface): void {
  let measured: Measured | undefined;
  const begin = (): Measured => {
    const made: Measured = { frames: [], longTasks: [], bytes: 0, waiting: () => waiting().length };
    port.onMessage((message) => {
      made.bytes += sizeOf(message);
    });
    const tasks = (list: PerformanceObserverEntryList) => {
      for (const { startTime, duration } of list.getEntries()) made.longTasks.push({ at: startTime, ms: duration });
    };
    new PerformanceObserver(tasks).observe({ type: 'longtask' });
    return made;
  };
  const measure = ({ readback }: { readonly readback: boolean }): Measured => {
    measured ??= begin();
    const { frames } = measured;
    const drawn: HTMLElement[] = [];
    const tell = () => {
      if (readback) surface.finish();
      const at = performance.now();
      for (const element of drawn.splice(0)) {
        const host = hostAt(element);
        if (!host) continue;
        const { view, panelId, summary, window } = host;
        frames.push({ at, view, panelId, waiting: host.waiting, summary, window });
      }
    };
    // After all panels of the frame have been drawn.
    surface.onDrawn = (element) => {
      if (drawn.push(element) === 1) queueMicrotask(tell);
    };
    return measured;
  };
  Object.defineProperty(window, '__spikedeskMeasure', { value: measure });
}
