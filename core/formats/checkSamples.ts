import { UserError } from '../shared/errors.ts';
import type { ChannelId } from '../shared/recording.ts';

/** Where a block of samples comes from, for the error. */
export interface BlockPlace {
  readonly path: string;
  readonly startFrame: number;
  readonly channelIds: readonly ChannelId[];
}

/**
 * NaN and infinities spoil every filter and mean after them, so they are an error, not data: UserError naming the file,
 * the first frame and the channel. block: [frames][channels]
 */
export function checkSamples(block: Float32Array, place: BlockPlace): void {
  let sum = 0;
  for (let i = 0; i < block.length; i++) sum += block[i]! * 0; // NaN if any is NaN or infinite, else 0
  if (sum === 0) return;
  const at = block.findIndex((value) => !Number.isFinite(value));
  const channels = place.channelIds.length;
  const frame = place.startFrame + Math.floor(at / channels);
  throw new UserError(
    `${place.path} holds ${block[at]} at frame ${frame}, channel ${String(place.channelIds[at % channels])}: not a number that can be filtered`,
    { path: place.path, hint: 'Is the dtype right? If it is, replace such samples (by 0, say) before opening it.' },
  );
}
