import type { ChannelVerdict } from '../../../core/shared/badChannels.ts';
import type { Json } from '../../../core/shared/json.ts';
import type { ChannelId } from '../../../core/shared/recording.ts';

/** A verdict and whether the channel counts as bad, which the user may have decided. */
export interface ShownVerdict extends ChannelVerdict {
  readonly bad: boolean;
  /** It counts as something else than what was found. */
  readonly overruled: boolean;
}

/** `given`: bad_channel_ids of the step; null: as found. */
export function shownVerdicts(found: readonly ChannelVerdict[], given: Json): readonly ShownVerdict[] {
  const ids = Array.isArray(given) ? new Set(given) : undefined;
  return found.map((verdict) => {
    const was = verdict.label !== 'good';
    const bad = ids ? ids.has(verdict.channelId) : was;
    return { ...verdict, bad, overruled: bad !== was };
  });
}

/** The bad channels once the verdict on one is turned around; undefined: they are as found again. */
export function overruledWith(rows: readonly ShownVerdict[], channelId: ChannelId): readonly ChannelId[] | undefined {
  const after = rows.map((row) => (row.channelId === channelId ? { ...row, bad: !row.bad } : row));
  if (after.every(({ bad, label }) => bad === (label !== 'good'))) return undefined;
  return after.filter(({ bad }) => bad).map((row) => row.channelId);
}
