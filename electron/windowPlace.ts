import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from '../core/shared/zod.ts';

const shape = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400),
  height: z.number().int().min(300),
  maximized: z.boolean(),
});

/** Where the window was when it was closed, in screen pixels. */
export type WindowPlace = z.output<typeof shape>;
export type Box = Pick<WindowPlace, 'x' | 'y' | 'width' | 'height'>;

/** The saved place, if there is one and its middle still lies on a screen (screens come and go). */
export function readPlace(file: string, screens: readonly Box[]): WindowPlace | undefined {
  let saved: unknown;
  try {
    saved = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // first start, or cut off: the default place does
  }
  const { data } = shape.safeParse(saved);
  if (!data) return undefined;
  const x = data.x + data.width / 2;
  const y = data.y + data.height / 2;
  const visible = screens.some((s) => x >= s.x && x < s.x + s.width && y >= s.y && y < s.y + s.height);
  return visible ? data : undefined;
}

export function writePlace(file: string, place: WindowPlace): void {
  writeFileSync(`${file}.partial`, JSON.stringify(place));
  renameSync(`${file}.partial`, file);
}
