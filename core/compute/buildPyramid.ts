import { isAbort } from '../shared/errors.ts';
import type { Pyramid } from './pyramid.ts';
import { chunksIn, pageOf } from './pyramidShape.ts';
import type { Quiet } from './quiet.ts';

/** Nobody has asked for anything for so long. */
const QUIET_MS = 1000;
/** One job: what somebody who asks then may have to wait for. */
const PIECE_MS = 50;

/** Makes the pages that have no file, one small job after the other, while nothing else is asked for. */
export async function buildPyramid(pyramid: Pyramid, quiet: Quiet, signal: AbortSignal): Promise<void> {
  for (const segment of pyramid.shape.numFrames.keys()) {
    const pages = pageOf(chunksIn(pyramid.shape, segment) - 1) + 1;
    for (let number = 0; number < pages; number++) {
      await quiet.wait(QUIET_MS, signal);
      const page = await pyramid.page(segment, number);
      while (!page.stored && pyramid.lasting) {
        const [next] = pyramid.pieces(page, PIECE_MS);
        if (!next) break;
        await quiet.wait(QUIET_MS, signal);
        try {
          await quiet.interruptible((stop) => pyramid.fill(segment, number, page, next, stop), signal);
        } catch (error) {
          if (signal.aborted || !isAbort(error)) throw error;
        }
      }
      await pyramid.written();
      if (!pyramid.lasting) return;
    }
  }
}
