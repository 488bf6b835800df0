import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';

/** NAME=VALUE of --set; a value that is JSON is taken as such, else as text. */
export function parameter(pair: string): [string, Json] {
  const at = pair.indexOf('=');
  if (at < 1) throw new UserError(`--set ${pair} is not NAME=VALUE`, { hint: '--set num_channels=4' });
  const value = pair.slice(at + 1);
  try {
    return [pair.slice(0, at), JSON.parse(value)];
  } catch {
    return [pair.slice(0, at), value];
  }
}
