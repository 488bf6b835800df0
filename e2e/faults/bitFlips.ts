import { readFile, rm, writeFile } from 'node:fs/promises';
import { type CurationEvent, curate, replay } from '../../core/shared/curation.ts';
import { openJournal } from '../../core/store/journal.ts';
import { readLines } from '../../core/store/journalLine.ts';
import { journalPath } from '../../core/store/journalPlace.ts';
import type { FaultCase } from './faultCase.ts';
import { randomEvent } from './randomEdit.ts';

const base = 'flips';
/** A 10 KB journal. */
const BYTES = 10_240;
/** One flip in so many is also opened as a file. */
const OPENED = 1000;

/** Every bit of a 10 KB journal flipped, one at a time. */
export const bitFlips: FaultCase = {
  name: 'bit flips',
  promise: 'a flipped bit anywhere is noticed; at most that record and later ones are set aside, and kept',
  runs: { short: BYTES * 8, full: BYTES * 8 },
  async *run({ random, scratch }, runs) {
    const journal = await openJournal(scratch, { base });
    let curation = replay(
      Array.from({ length: 20 }, (_, unitId) => ({ unitId, numSpikes: 10 })),
      [],
    );
    const path = journalPath(scratch);
    let bytes = Buffer.alloc(0);
    while (bytes.length < BYTES) {
      const event = randomEvent(curation, random);
      curation = curate(curation, event);
      await journal.append(event);
      bytes = await readFile(path);
    }
    await journal.close();
    let before = 0;
    const lineOf = Array.from(bytes, (byte) => (byte === 10 ? before++ : before));
    for (let bit = 0; bit < runs; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const read = readLines(flipped, base);
      const line = lineOf[bit >> 3]!;
      if (read.damage === undefined) yield `bit ${bit}: not noticed`;
      else if (!isStart(read.events, curation.events, line))
        yield `bit ${bit} of line ${line + 1}: kept ${read.events.length}`;
      else if (random.integer(OPENED) === 0) yield* opened(flipped, line);
    }

    async function* opened(flipped: Buffer, line: number): AsyncGenerator<string, void> {
      await writeFile(path, flipped);
      const again = await openJournal(scratch, { base });
      await again.close();
      const [kept, torn] = [await readFile(path), await readFile(`${path}.torn`)];
      if (again.warnings.length === 0) yield `line ${line + 1}: nothing told`;
      if (!isStart(again.events, curation.events, line)) yield `line ${line + 1}: ${again.events.length} events kept`;
      if (!Buffer.concat([kept, torn]).equals(flipped)) yield `line ${line + 1}: what was cut is not in .torn`;
      await rm(`${path}.torn`);
    }
  },
};

/** The first `count` of `all`? */
function isStart(events: readonly CurationEvent[], all: readonly CurationEvent[], count: number): boolean {
  return events.length === count && JSON.stringify(events) === JSON.stringify(all.slice(0, count));
}
