import type { RecordingInfo } from '../../core/shared/recording.ts';
import { memo } from './memo.ts';

/** Names of channels, short enough for an axis: what all have in common before their number is left out. */
export function channelNames(recording: RecordingInfo | undefined): readonly string[] {
  if (!recording) return [];
  return memo(recording.channelIds, 'names', () => {
    const names = recording.channelIds.map(String);
    const common = commonStart(names);
    return names.map((name) => shorten(name.slice(common)));
  });
}

/** Length of what all begin with, without digits at its end: "AP12", "AP13" have "AP" in common. */
function commonStart(names: readonly string[]): number {
  const [first = '', ...others] = names;
  if (others.length === 0) return 0;
  let n = first.length;
  for (const name of others) while (!name.startsWith(first.slice(0, n))) n--;
  while (n > 0 && /\d/.test(first.charAt(n - 1))) n--;
  return names.some((name) => name.length === n) ? 0 : n;
}

function shorten(name: string): string {
  return name.length > 7 ? `…${name.slice(-6)}` : name;
}
