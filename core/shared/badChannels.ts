import type { ChannelId } from './recording.ts';

export const badChannelLabels = ['good', 'dead', 'noise', 'out'] as const;
export type BadChannelLabel = (typeof badChannelLabels)[number];

/** One figure a verdict rests on, with what it is held against. */
export interface BadChannelFigure {
  /** "power above 12 kHz" */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The value at which it would be bad, and on which side. */
  readonly bad?: { readonly side: 'above' | 'below'; readonly threshold: number };
  readonly isBad: boolean;
}

export interface ChannelVerdict {
  readonly channelId: ChannelId;
  readonly label: BadChannelLabel;
  /** One sentence. */
  readonly reason: string;
  readonly figures: readonly BadChannelFigure[];
  /** Part of the pieces that said so. */
  readonly agreement?: number;
}
