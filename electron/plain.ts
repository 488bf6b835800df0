/** One colour, or nothing at all. `bitmap`: four bytes a pixel. */
export function isPlain(bitmap: Uint8Array): boolean {
  return bitmap.every((value, i) => value === bitmap[i % 4]);
}
