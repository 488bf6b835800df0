import { useRef } from 'react';
import type { Field } from '../forms/fields.ts';
import { sliderRange } from '../forms/sliderRange.ts';

const STEPS = 1000;

interface Props {
  readonly field: Field;
  readonly value: number;
  /** While it is dragged. */
  onDraft(value: number): void;
  /** It is let go. */
  onChange(value: number): void;
}

/** A number to drag: what it does is seen while one does. */
export function NumberSlider({ field, value, onDraft, onChange }: Props) {
  const moved = useRef<number>(undefined);
  const range = field.input.kind === 'number' ? sliderRange(field.input, field.default, value) : undefined;
  if (!range) return null;
  const letGo = () => {
    const to = moved.current;
    moved.current = undefined;
    if (to !== undefined) onChange(to);
  };
  return (
    <input
      type="range"
      className="slider"
      aria-label={`${field.label}, slider`}
      min={0}
      max={STEPS}
      value={Math.round(STEPS * range.positionOf(value))}
      onChange={(event) => {
        moved.current = range.valueAt(Number(event.target.value) / STEPS);
        onDraft(moved.current);
      }}
      onPointerUp={letGo}
      onKeyUp={letGo}
      onBlur={letGo}
    />
  );
}
