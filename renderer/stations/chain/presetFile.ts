import { UserError } from '../../../core/shared/errors.ts';
import { type Session, sessionSchema } from '../../../core/shared/session.ts';
import { z } from '../../../core/shared/zod.ts';

type Steps = Session['preprocess'];

const chain = sessionSchema.shape.preprocess.unwrap();
const named = z.looseObject({ name: z.string().optional(), steps: chain });
/** SpikeInterface's preprocessing dictionary: steps by name, each with its parameters. */
const dictionary = z.record(z.string(), z.record(z.string(), z.json()));

/** A chain as a file that others can open. */
export function presetText(name: string, steps: Steps): string {
  return `${JSON.stringify({ spikedesk: 1, name, steps }, undefined, 2)}\n`;
}

/** The chain in such a file, in a session.json, or in a preprocessing dictionary of SpikeInterface. */
export function readPreset(text: string, file: string): { readonly name: string; readonly steps: Steps } {
  const value = parsed(text, file);
  const name = file.replace(/\.json$/i, '');
  const ours = named.safeParse(value);
  if (ours.success) return { name: ours.data.name || name, steps: ours.data.steps };
  const session = z.looseObject({ spikedesk: z.number(), preprocess: chain }).safeParse(value);
  if (session.success) return { name, steps: session.data.preprocess };
  const steps = dictionary.safeParse(value);
  if (!steps.success || Object.keys(steps.data).length === 0)
    throw new UserError(`${file} holds no chain of preprocessing steps`, {
      hint: 'Choose a preset saved by Spikedesk, a session.json, or a preprocessing dictionary of SpikeInterface.',
    });
  return { name, steps: Object.entries(steps.data).map(([step, params]) => ({ step, params, enabled: true })) };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${file} is not JSON`, { hint: 'Choose a preset saved by Spikedesk: a .json file.' });
  }
}
