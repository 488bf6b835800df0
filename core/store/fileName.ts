import { hashBytes } from './hash.ts';

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const LONGEST = 100;

/** A property, label or unit name as a file name on any system: what is unsafe is percent-encoded. */
export function fileNameFor(name: string): string {
  const bytes = new TextEncoder().encode(name);
  let safe = '';
  for (const [i, byte] of bytes.entries()) {
    const c = String.fromCharCode(byte);
    const dot = c === '.' && (i === 0 || i === bytes.length - 1);
    const plain = /[A-Za-z0-9_.-]/.test(c) && !dot && !(i === 0 && RESERVED.test(name));
    safe += plain ? c : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  if (safe.length > LONGEST) return `${safe.slice(0, LONGEST - 9)}-${hashBytes(bytes).slice(0, 8)}`;
  return safe || '%';
}
