import { tonesOf } from './labels.ts';
import { toPng } from './picture.ts';
import type { PanelHandle } from './surface.ts';
import { toSvg } from './svg.ts';

/** Pixels of a PNG a CSS pixel, at least: sharp in print too. */
const SHARP = 2;

/** What a panel shows, as the bytes of a file. */
export async function pictureFile({ marks, size, labels }: PanelHandle, kind: 'png' | 'svg'): Promise<Uint8Array> {
  const tones = tonesOf(labels);
  if (kind === 'svg') return new TextEncoder().encode(toSvg(marks(), size(), tones));
  const font = getComputedStyle(labels).fontFamily;
  return await toPng(marks(), size(), { ratio: Math.max(SHARP, window.devicePixelRatio), tones, font });
}
