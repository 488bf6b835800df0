import createREGL from 'regl';
import { cachedCode } from './cache.generated.ts';
import { cssColor, type Tones } from './labels.ts';
import { type Color, groundOf, type LabelMark, type Mark, type Size } from './mark.ts';
import { createMarks, EXTENSIONS } from './marks.ts';
import { paint } from './paint.ts';
import { Uploads } from './uploads.ts';

/** No side of a picture is longer, pixels: what every graphics card can draw. */
const LONGEST = 8192;

interface PictureOptions {
  /** Pixels of the picture a CSS pixel */
  readonly ratio: number;
  readonly tones: Tones;
  /** Family of the labels' font */
  readonly font: string;
}

/** Marks and labels as the bytes of a PNG, drawn anew at any resolution by the commands that draw the window. */
export async function toPng(marks: readonly Mark[], size: Size, options: PictureOptions): Promise<Uint8Array> {
  const ratio = Math.min(options.ratio, LONGEST / Math.max(size.width, size.height));
  const width = Math.max(1, Math.round(size.width * ratio));
  const height = Math.max(1, Math.round(size.height * ratio));
  const canvas = new OffscreenCanvas(width, height);
  const pencil = canvas.getContext('2d');
  if (!pencil) throw new Error('no 2d context');
  const drawn = marks.filter((mark) => mark.kind !== 'label');
  const layer = new OffscreenCanvas(width, height);
  const gl = layer.getContext('webgl', { alpha: true, antialias: false, depth: false, stencil: false });
  if (!gl) throw new Error('no graphics for a picture');
  const regl = createREGL({ gl, extensions: EXTENSIONS, cachedCode });
  paint(drawn, createMarks(regl), new Uploads(regl), { panel: { x: 0, y: 0, width, height }, ratio });
  pencil.drawImage(layer, 0, 0);
  regl.destroy();
  gl.getExtension('WEBGL_lose_context')?.loseContext(); // browsers keep few contexts
  pencil.scale(ratio, ratio);
  for (const mark of marks) if (mark.kind === 'label') write(pencil, mark, options, groundOf(marks));
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

/** As svg.ts does: strong labels have an edge of the ground's colour. */
function write(
  pencil: OffscreenCanvasRenderingContext2D,
  { x, y, text, align, tone, color }: LabelMark,
  { tones, font }: PictureOptions,
  ground: Color | undefined,
): void {
  pencil.font = `${tone === 'strong' ? '600 ' : ''}11px ${font}`;
  pencil.textAlign = align;
  pencil.textBaseline = 'middle';
  pencil.lineJoin = 'round';
  pencil.lineWidth = 3;
  if (tone === 'strong' && ground) {
    pencil.strokeStyle = cssColor(ground);
    pencil.strokeText(text, x, y);
  }
  pencil.fillStyle = color ? cssColor(color) : tones[tone];
  pencil.fillText(text, x, y);
}
