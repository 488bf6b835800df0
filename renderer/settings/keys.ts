import { z } from '../../core/shared/zod.ts';
import { useKeys } from '../state/keys.ts';
import type { Kept } from './kept.ts';

const schema = z.record(z.string().max(100), z.array(z.string().min(1).max(40)).max(5));

/** Keys that the user has changed. */
export const keys: Kept = {
  name: 'keys',
  what: 'the keys you changed',
  read: () => JSON.parse(JSON.stringify(useKeys.getState().changed)),
  restore(value) {
    const parsed = schema.safeParse(value);
    if (parsed.success) useKeys.setState({ changed: parsed.data });
    return parsed.success;
  },
  watch: (changed) => void useKeys.subscribe(changed),
};
