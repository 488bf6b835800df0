import type { Regl, Texture2D } from 'regl';
import { TO_CLIP } from '../clip.ts';
import { type Command, type DomainProps, place } from '../place.ts';

/**
 * Traces whose columns are no wider than a pixel, as coverage.ts lays them out: of the columns a pixel has, the one
 * that covers more. cover: a texture of [lines][height], its height that of the viewport
 */
export interface CoverProps extends DomainProps {
  readonly cover: Texture2D;
  /** Domain x of the tile's edges */
  readonly span: readonly [number, number];
  /** Domain x of half a pixel: a tile is drawn that far over its edges, where its last columns share a pixel. */
  readonly halfPixel: number;
  /** Parts of the texture's lines: what the tile has, and a quarter of a pixel. */
  readonly filled: number;
  readonly apart: number;
}

export function cover(regl: Regl): Command<CoverProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 corner;
      uniform vec2 span;
      uniform float halfPixel;
      uniform float filled;
      varying vec2 at; // along the lines, over the lines
      ${TO_CLIP}
      void main() {
        float x = mix(span.x - halfPixel, span.y + halfPixel, corner.x);
        at = vec2(corner.y, (x - span.x) / (span.y - span.x) * filled);
        gl_Position = toClip(vec2(x, mix(domain.y, domain.w, corner.y)));
      }
    `,
    frag: `
      precision highp float;
      uniform sampler2D cover;
      uniform float apart;
      varying vec2 at;
      void main() {
        vec4 left = texture2D(cover, at - vec2(0.0, apart));
        vec4 right = texture2D(cover, at + vec2(0.0, apart));
        gl_FragColor = left.a > right.a ? left : right;
      }
    `,
    attributes: {
      corner: [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    },
    uniforms: {
      domain: regl.prop<CoverProps, 'domain'>('domain'),
      cover: regl.prop<CoverProps, 'cover'>('cover'),
      span: regl.prop<CoverProps, 'span'>('span'),
      halfPixel: regl.prop<CoverProps, 'halfPixel'>('halfPixel'),
      filled: regl.prop<CoverProps, 'filled'>('filled'),
      apart: regl.prop<CoverProps, 'apart'>('apart'),
    },
    primitive: 'triangle strip',
    count: 4,
  });
}
