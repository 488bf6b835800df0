import { readFileSync } from 'node:fs';

/** From package.json, which lies above dist/ in a checkout and in a package. */
export function readVersion(): string {
  try {
    const value: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    if (typeof value === 'object' && value !== null && 'version' in value) return String(value.version);
  } catch {
    // not beside a package.json: started from somewhere unusual
  }
  return '0';
}
