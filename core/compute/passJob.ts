import { open } from '../open.ts';
import type { Collector, CollectorSpec } from '../shared/compute.ts';
import { UserError } from '../shared/errors.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { type BlockRange, readBlock } from './blocks.ts';
import { breathe } from './breathe.ts';
import { collectors as known } from './collectors.ts';

export interface StretchArgs {
  readonly recording: RecordingSpec;
  readonly collectors: readonly CollectorSpec[];
  readonly blocks: readonly BlockRange[];
  readonly margin: number;
}

/** One worker's share of a pass: reads its blocks in order, hands each to all collectors, returns their parts. */
async function* passStretch(args: StretchArgs, signal: AbortSignal): AsyncGenerator<number, unknown[]> {
  const recording = await open(args.recording);
  try {
    const collecting: Collector[] = [];
    for (const { name, args: collectorArgs } of args.collectors) {
      const make = known[name];
      if (!make) throw new UserError(`no collector "${name}"`);
      collecting.push(await make(collectorArgs, recording));
    }
    for (const range of args.blocks) {
      await breathe(signal);
      const block = await readBlock(recording, range, args.margin);
      for (const collector of collecting) await collector.collect(block);
      yield range.endFrame - range.startFrame;
    }
    return collecting.map((collector) => collector.part());
  } finally {
    recording.close();
  }
}

export const passJobs = { passStretch };
