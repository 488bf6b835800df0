/** The most recently used values, up to so many bytes. Map keeps its order of insertion: the first is the oldest. */
export class Cache<T> {
  private readonly values = new Map<string, { readonly value: T; readonly bytes: number }>();
  private bytes = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get(key: string): T | undefined {
    const found = this.values.get(key);
    if (!found) return undefined;
    this.values.delete(key);
    this.values.set(key, found);
    return found.value;
  }

  set(key: string, value: T): void {
    const old = this.values.get(key);
    if (old) this.bytes -= old.bytes;
    this.values.delete(key);
    const bytes = sizeOf(value);
    this.values.set(key, { value, bytes });
    this.bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.values) {
      if (this.bytes <= this.limit || oldest === key) break;
      this.values.delete(oldest);
      this.bytes -= freed;
    }
  }

  clear(): void {
    this.values.clear();
    this.bytes = 0;
  }
}

/** About how much memory plain data with typed arrays takes. */
export function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 16;
  for (const part of Object.values(value)) bytes += sizeOf(part);
  return bytes;
}
