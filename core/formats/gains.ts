import { UserError } from '../shared/errors.ts';

/** A gain or offset as formats have it: one for all channels, one a channel, or none (raw units). */
export type Scale = number | readonly number[] | null | undefined;

/** One value a channel, or undefined if there is none. UserError naming the file if it is NaN or of another length. */
function perChannel(value: Scale, channels: number, what: string, path: string): readonly number[] | undefined {
  if (value === null || value === undefined) return undefined;
  const values = typeof value === 'number' ? new Array<number>(channels).fill(value) : value;
  if (values.length !== channels)
    throw new UserError(`${path}: ${what} has ${values.length} values for ${channels} channels`, {
      path,
      hint: 'Give one number, or one a channel.',
    });
  const wrong = values.findIndex((v) => !Number.isFinite(v));
  if (wrong >= 0)
    throw new UserError(`${path}: ${what} of channel ${wrong} is ${values[wrong]}, not a number`, {
      path,
      hint: 'Correct it, or leave it out (null): everything is then in raw units.',
    });
  return values;
}

/** Gain and offset together, as RecordingInfo has them: without a gain there is neither; without an offset it is 0. */
export function scaling(
  gain: Scale,
  offset: Scale,
  channels: number,
  path: string,
): { readonly gainToUv?: readonly number[]; readonly offsetToUv?: readonly number[] } {
  const gainToUv = perChannel(gain, channels, 'gain_to_uV', path);
  const offsetToUv = perChannel(offset, channels, 'offset_to_uV', path);
  if (!gainToUv) return {};
  return { gainToUv, offsetToUv: offsetToUv ?? new Array<number>(channels).fill(0) };
}
