/**
 * The assignment of rows to columns with the least total cost, by shortest augmenting paths (Jonker and Volgenant
 * 1987 in the rectangular form of Crouse 2016, which scipy's linear_sum_assignment follows too): O(n³).
 * `cost`: [rows][columns], finite. Returns the column of each row, -1 where there are more rows than columns.
 */
export function leastCostAssignment(cost: Float64Array, rows: number, columns: number): Int32Array {
  if (rows > columns) return inverse(assign(transposed(cost, rows, columns), columns, rows), rows);
  return assign(cost, rows, columns);
}

function assign(cost: Float64Array, rows: number, columns: number): Int32Array {
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns);
  const columnOf = new Int32Array(rows).fill(-1);
  const rowOf = new Int32Array(columns).fill(-1);
  const from = new Int32Array(columns);
  const shortest = new Float64Array(columns);
  const open = new Int32Array(columns);
  for (let start = 0; start < rows; start++) {
    shortest.fill(Number.POSITIVE_INFINITY);
    for (let c = 0; c < columns; c++) open[c] = columns - 1 - c;
    let left = columns;
    const reachedRows: number[] = [];
    const reachedColumns: number[] = [];
    let length = 0;
    let row = start;
    let sink = -1;
    // Grow the tree of shortest paths from `start` until it meets a column that has no row.
    while (sink < 0) {
      reachedRows.push(row);
      let next = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0; k < left; k++) {
        const c = open[k]!;
        const path = length + cost[row * columns + c]! - rowPrice[row]! - columnPrice[c]!;
        if (path < shortest[c]!) {
          from[c] = row;
          shortest[c] = path;
        }
        // Among equals a free column ends the search at once.
        if (shortest[c]! < least || (shortest[c] === least && rowOf[c]! < 0)) {
          least = shortest[c]!;
          next = k;
        }
      }
      length = least;
      const column = open[next]!;
      if (rowOf[column]! < 0) sink = column;
      else row = rowOf[column]!;
      reachedColumns.push(column);
      open[next] = open[--left]!;
    }
    rowPrice[start]! += length;
    for (const r of reachedRows) if (r !== start) rowPrice[r]! += length - shortest[columnOf[r]!]!;
    for (const c of reachedColumns) columnPrice[c]! -= length - shortest[c]!;
    // Turn the path round: every row on it takes the column it was reached by.
    for (let c = sink, done = false; !done; ) {
      const r = from[c]!;
      rowOf[c] = r;
      const previous = columnOf[r]!;
      columnOf[r] = c;
      done = r === start;
      c = previous;
    }
  }
  return columnOf;
}

function transposed(cost: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(cost.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = cost[r * columns + c]!;
  return out;
}

function inverse(map: Int32Array, size: number): Int32Array {
  const out = new Int32Array(size).fill(-1);
  for (let i = 0; i < map.length; i++) if (map[i]! >= 0) out[map[i]!] = i;
  return out;
}
