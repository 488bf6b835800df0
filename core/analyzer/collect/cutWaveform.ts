import type { Block } from '../../shared/compute.ts';
import type { Scale } from '../scale.ts';

export interface WaveformWindow {
  /** Frames before the spike, and from it on. */
  readonly nbefore: number;
  readonly nafter: number;
  readonly scale: Scale | undefined;
}

/**
 * Copies one spike's snippet on `channels` into out[at + sample * width + k]. What lies beyond the segment's borders
 * is left as it was (zeros), as SpikeInterface does, also where the recording has an offset.
 */
export function cutWaveform(
  block: Block,
  numFrames: number,
  frame: number,
  channels: Int32Array,
  { nbefore, nafter, scale }: WaveformWindow,
  out: Float32Array,
  at: number,
  width: number,
): void {
  const first = Math.max(0, nbefore - frame);
  const last = Math.min(nbefore + nafter, numFrames - frame + nbefore);
  const start = frame - nbefore - block.startFrame + block.margin;
  const { data } = block;
  const count = channels.length;
  for (let s = first; s < last; s++) {
    const row = (start + s) * block.channels;
    const to = at + s * width;
    if (scale) {
      const { gains, offsets } = scale;
      for (let k = 0; k < count; k++) {
        const c = channels[k]!;
        out[to + k] = data[row + c]! * gains[c]! + offsets[c]!;
      }
    } else for (let k = 0; k < count; k++) out[to + k] = data[row + channels[k]!]!;
  }
}
