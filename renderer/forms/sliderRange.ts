import type { NumberInput } from './fields.ts';

/** Where a number lies on a slider, and which number lies where. Positions are 0 to 1. */
export interface SliderRange {
  positionOf(value: number): number;
  valueAt(position: number): number;
}

/** Times the default a slider reaches up, and part of it down, where nothing limits it. */
const REACH = 30;
/** Limits further apart than these are gone through by powers of ten. */
const WIDE = 50;

/** A slider for a number; undefined where neither limits nor a default say how far it should reach. */
export function sliderRange(input: NumberInput, usual: unknown, value: number): SliderRange | undefined {
  const low = input.min ?? input.above;
  const high = input.max ?? input.below;
  const middle = typeof usual === 'number' && usual > 0 ? usual : undefined;
  if (low !== undefined && high !== undefined && !(low > 0 && high / low > WIDE)) return linear(input, low, high);
  if (low !== undefined && low > 0 && high !== undefined) return powers(input, low, high);
  if (middle === undefined || value <= 0) return undefined;
  const from = Math.max(middle / REACH, low !== undefined && low > 0 ? low : 0, input.whole ? 1 : 0);
  const to = Math.min(middle * REACH, high ?? Number.POSITIVE_INFINITY);
  return powers(input, Math.min(from, value), Math.max(to, value));
}

function linear(input: NumberInput, low: number, high: number): SliderRange {
  return {
    positionOf: (value) => part((value - low) / (high - low)),
    valueAt: (position) => tidy(input, low + part(position) * (high - low), (high - low) / 1000),
  };
}

function powers(input: NumberInput, low: number, high: number): SliderRange {
  const [from, to] = [Math.log(low), Math.log(high)];
  return {
    positionOf: (value) => (value > 0 ? part((Math.log(value) - from) / (to - from || 1)) : 0),
    valueAt: (position) => {
      const value = Math.exp(from + part(position) * (to - from));
      return tidy(input, value, value / 200);
    },
  };
}

function part(position: number): number {
  return Math.min(1, Math.max(0, position));
}

/** As few digits as `step` needs, within the limits. */
function tidy({ whole, min, max, above, below }: NumberInput, value: number, step: number): number {
  const digits = whole ? 0 : Math.min(12, Math.max(0, Math.ceil(-Math.log10(step))));
  const rounded = whole ? Math.round(value) : Number(value.toFixed(digits));
  if (min !== undefined && rounded < min) return min;
  if (max !== undefined && rounded > max) return max;
  if (above !== undefined && rounded <= above) return above + (whole ? 1 : step);
  if (below !== undefined && rounded >= below) return below - (whole ? 1 : step);
  return rounded;
}
