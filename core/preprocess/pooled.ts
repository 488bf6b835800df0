/** All columns of equal length as one. */
export function pooled(columns: readonly Float32Array[]): Float32Array {
  const each = columns[0]?.length ?? 0;
  const all = new Float32Array(each * columns.length);
  for (const [c, column] of columns.entries()) all.set(column, c * each);
  return all;
}
