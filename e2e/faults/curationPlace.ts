import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Curation, type CurationEvent, replay, toCurationState } from '../../core/shared/curation.ts';
import { z } from '../../core/shared/zod.ts';
import { type Desk, outputFolder } from '../desk.ts';
import { ask, openPort } from './curationApp.ts';
import { Acknowledged, initialUnits, makePhyFolder } from './curationFolder.ts';

/** Where the app is started, what is curated in it, and what was acknowledged of that. */
export interface Place {
  readonly home: string;
  readonly folder: string;
  readonly acknowledged: Acknowledged;
}

export async function newPlace(name: string): Promise<Place> {
  const root = join(outputFolder, name);
  const home = join(root, 'home');
  mkdirSync(home, { recursive: true });
  const folder = join(root, "phy o'dd #1 größe");
  await makePhyFolder(folder);
  return { home, folder, acknowledged: new Acknowledged(join(root, 'acknowledged.jsonl')) };
}

const stateShape = z.object({
  curation: z.object({ events: z.number(), canUndo: z.boolean(), canRedo: z.boolean(), units: z.array(z.unknown()) }),
});

/** Opens the folder in the app; what the window is told must be what the events make. */
export async function openIn({ page }: Desk, { folder }: Place, events: readonly CurationEvent[]): Promise<Curation> {
  await openPort(page);
  const answer = await ask(page, 'open', { kind: 'sorting', format: 'phy', path: folder });
  const { curation: shown } = stateShape.parse(answer);
  const curation = replay(initialUnits, events);
  if (!isDeepStrictEqual(shown, plain(curation)))
    throw new Error(`opened again, the app shows another curation than its ${events.length} events make`);
  return curation;
}

/** Undoes all in the app; what is there then must be what was there before the first action. */
export async function undoAll({ page }: Desk, { done }: Curation): Promise<void> {
  let shown: z.output<typeof stateShape> | undefined;
  for (let i = 0; i < done.length; i++) shown = stateShape.parse(await ask(page, 'curate', { type: 'undo' }));
  if (shown?.curation.canUndo) throw new Error('all actions undone, there is still one to undo');
  if (shown && !isDeepStrictEqual(shown.curation.units, plain(replay(initialUnits, [])).units))
    throw new Error('all actions undone, the units are not those of the start');
}

/** As it comes over a port. */
function plain(curation: Curation): z.output<typeof stateShape>['curation'] {
  return JSON.parse(JSON.stringify(toCurationState(curation)));
}

/** A line for the case that started us. */
export function tell(line: { readonly failure: string } | { readonly note: string }): void {
  appendFileSync(join(outputFolder, 'curation.jsonl'), `${JSON.stringify(line)}\n`);
}
