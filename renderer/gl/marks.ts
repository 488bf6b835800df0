import type { Regl } from 'regl';
import { area } from './marks/area.ts';
import { bars } from './marks/bars.ts';
import { cover } from './marks/cover.ts';
import { fill } from './marks/fill.ts';
import { haze } from './marks/haze.ts';
import { heat } from './marks/heat.ts';
import { image } from './marks/image.ts';
import { lines } from './marks/lines.ts';
import { points } from './marks/points.ts';
import { rects } from './marks/rects.ts';
import { segments } from './marks/segments.ts';
import { strokes } from './marks/strokes.ts';
import { traces } from './marks/traces.ts';

/** Required, never optional: the drawing code regl generates depends on some extensions. */
export const EXTENSIONS = ['OES_texture_float', 'OES_element_index_uint'];

/**
 * Every regl command of the page. The build runs this same function to prepare their code (the page's policy forbids
 * generating any), so it must not branch on anything: no device, no setting, no command made elsewhere.
 */
export function createMarks(regl: Regl) {
  return {
    fill: fill(regl),
    lines: lines(regl),
    strokes: strokes(regl),
    haze: haze(regl),
    area: area(regl),
    points: points(regl),
    bars: bars(regl),
    image: image(regl),
    heat: heat(regl),
    rects: rects(regl),
    segments: segments(regl),
    traces: traces(regl),
    cover: cover(regl),
  };
}

export type Marks = ReturnType<typeof createMarks>;
