import { hostOf } from '../panels/hosts.ts';
import { useFocus } from '../state/focus.ts';
import { useProblems } from '../state/problems.ts';
import { useSelection } from '../state/selection.ts';
import type { Moment } from '../views/view.ts';
import type { Services } from './services.ts';

/** What of the traces needs core, or a field. */
export function traceActions({ client }: Pick<Services, 'client'>) {
  let last: Promise<unknown> = Promise.resolve();

  async function step(direction: 'next' | 'previous'): Promise<void> {
    const [unitId] = useSelection.getState().unitIds;
    if (unitId === undefined) return;
    const found = await client.call('nextSpike', { unitIds: [unitId], ...startOfSearch(), direction });
    if (found) useFocus.getState().pick({ time: { segment: found.segment, frame: found.frame } });
  }

  return {
    /** The cursor of all views goes to the next spike of the unit selected first. Keys pressed fast go on one by one. */
    goToSpike(direction: 'next' | 'previous'): Promise<void> {
      const done = last.then(() => step(direction)).catch(useProblems.getState().tell);
      last = done;
      return done;
    },
    /** The traces' field for the start of their window takes the keys. */
    goToTime(): void {
      const panel = hostOf('trace')?.element.closest('[data-panel]');
      panel?.querySelector<HTMLInputElement>('input[data-param=startS]')?.focus();
    },
  };
}

/** The time that was picked if the traces show it, else the middle of what they show. */
function startOfSearch(): Moment {
  const { focus, window } = useFocus.getState();
  const { time } = focus;
  if (!window) return time ?? { segment: 0, frame: 0 };
  const { segment, startFrame, endFrame } = window;
  const seen = time && time.segment === segment && time.frame >= startFrame && time.frame < endFrame;
  return seen ? time : { segment, frame: Math.round((startFrame + endFrame) / 2) };
}
