interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Whether a place lies inside a line that is closed by itself: a ray to the right crosses it an odd number of times. */
export function insidePolygon({ x, y }: Spot, line: readonly Spot[]): boolean {
  let inside = false;
  line.forEach((to, i) => {
    const from = line.at(i - 1)!;
    if (from.y > y === to.y > y) return;
    const crossing = from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x);
    if (x < crossing) inside = !inside;
  });
  return inside;
}
