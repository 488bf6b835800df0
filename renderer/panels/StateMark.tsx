import { Check, Circle, CircleDot, RotateCw, TriangleAlert } from 'lucide-react';
import type { StationState } from '../../core/shared/api.ts';

const ICONS = {
  'not done': Circle,
  running: CircleDot,
  done: Check,
  'out of date': RotateCw,
  failed: TriangleAlert,
} as const;

/** The state of a station, by shape and word. */
export function StateMark({
  state,
  words = true,
  percent,
}: {
  readonly state: StationState;
  readonly words?: boolean;
  readonly percent?: number | undefined;
}) {
  const Icon = ICONS[state];
  const word = state === 'running' && percent !== undefined ? `${percent}%` : state;
  return (
    <span className={`state ${state.replaceAll(' ', '-')}`}>
      {words && <span className="word">{word}</span>}
      <Icon size={13} aria-label={words ? undefined : state} aria-hidden={words} />
    </span>
  );
}
