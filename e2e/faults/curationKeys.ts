import type { Locator, Page } from 'playwright';
import { type Curation, type CurationEvent, newUnitId } from '../../core/shared/curation.ts';
import type { Random } from '../../core/shared/random.ts';
import { seenEvents, watchState } from './curationApp.ts';

const LABELS = { 'Alt+g': 'good', 'Alt+m': 'mua', 'Alt+n': 'noise' } as const;

/** What a user does next: the keys, the rows clicked before, and what it has to become in the journal. */
interface Move {
  readonly key: string;
  readonly rows: readonly number[];
  readonly event: CurationEvent;
}

/** The curation station, ready for keys. */
export async function toCurate(page: Page): Promise<void> {
  await watchState(page);
  await page
    .getByRole('navigation', { name: 'Stations' })
    .getByRole('button', { name: /Curate/ })
    .click();
  await rowsOf(page).first().waitFor();
}

/** A move that is possible now, of units whose rows are in sight. */
export async function randomMove(page: Page, curation: Curation, chance: Random): Promise<Move> {
  const wish = chance.integer(10);
  if (wish < 2 && curation.done.length > 0) return { key: 'Control+z', rows: [], event: { type: 'undo' } };
  if (wish < 3 && curation.undone.length > 0) return { key: 'Control+Shift+z', rows: [], event: { type: 'redo' } };
  const shown = (
    await rowsOf(page).evaluateAll((rows) => rows.map((row) => row.querySelector('[role=gridcell]')?.textContent))
  )
    .map(Number)
    .slice(0, 12); // the last ones in the page may lie below the edge
  const take = () => shown.splice(chance.integer(shown.length), 1)[0] ?? Number.NaN;
  if (wish < 6 && shown.length > 3) {
    const unitIds = [take(), take()];
    return { key: 'g', rows: unitIds, event: { type: 'merge', unitIds, into: newUnitId(curation) } };
  }
  const rows = chance.integer(2) === 0 ? [take()] : [take(), take()];
  const [key, label] = Object.entries(LABELS)[chance.integer(3)] ?? ['', ''];
  return { key, rows, event: { type: 'label', unitIds: rows, key: 'group', values: [label] } };
}

/** Selects the rows by clicks and presses the key; resolves when the page has been told of one event more. */
export async function make(page: Page, { key, rows }: Move, events: number): Promise<void> {
  for (const [i, unitId] of rows.entries())
    await rowsOf(page)
      .filter({ has: page.locator('[role=gridcell]:first-child', { hasText: new RegExp(`^${unitId}$`) }) })
      .click(i > 0 ? { modifiers: ['Control'] } : {});
  await page.keyboard.press(key);
  await seenEvents(page, events + 1);
}

function rowsOf(page: Page): Locator {
  return page
    .getByRole('grid', { name: 'Units', exact: true })
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') });
}
