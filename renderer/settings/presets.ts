import { z } from '../../core/shared/zod.ts';
import { usePresets } from '../state/presets.ts';
import type { Kept } from './kept.ts';

const step = z.object({ step: z.string().min(1), params: z.record(z.string(), z.json()), enabled: z.boolean() });
const preset = z.object({ name: z.string().min(1).max(100), steps: z.array(step).max(1000) });

/** Chains of preprocessing steps that the user gave a name. */
export const presets: Kept = {
  name: 'presets',
  what: 'your presets of preprocessing',
  read: () => JSON.parse(JSON.stringify(usePresets.getState().own)),
  restore(value) {
    const list = z.array(z.json()).safeParse(value);
    if (!list.success) return false;
    const own = list.data.flatMap((one) => preset.safeParse(one).data ?? []);
    usePresets.setState({ own });
    return own.length === list.data.length;
  },
  watch: (changed) => void usePresets.subscribe(changed),
};
