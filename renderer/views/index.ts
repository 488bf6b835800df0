import { correlogram } from './correlogram.ts';
import { probe } from './probe.ts';
import { trace } from './trace.ts';
import { waveform } from './waveform.ts';

/** All views. */
export const views = { trace, waveform, correlogram, probe } as const;
