import type { Buffer, Elements, Regl, Texture2D } from 'regl';
import { TO_CLIP } from '../clip.ts';
import { type Command, type DomainProps, place } from '../place.ts';

/**
 * Traces whose columns are wider than a pixel, and pieces of them: a quad as high as the piece's values, whose pixels
 * look up their columns. So panning, zooming and scaling change uniforms only.
 *
 * spans: a texture as of spans.ts, two bytes a number; vertex: [pieces][4][u, value, row, outward (-1, 1)];
 * middle: [pieces][4], what is subtracted from the row
 */
export interface TracesProps extends DomainProps {
  readonly spans: Texture2D;
  /** columns, rows */
  readonly shape: readonly [number, number];
  readonly vertex: Buffer;
  readonly middle: Buffer;
  readonly colors: Buffer;
  readonly elements: Elements;
  readonly count: number;
  readonly span: readonly [number, number];
  readonly firstRow: number;
  readonly gain: number;
  /** Value of one device pixel */
  readonly pixel: number;
  /** Columns of half a device pixel; at most 0.5 */
  readonly half: number;
  /** Device pixels */
  readonly width: number;
}

export function traces(regl: Regl): Command<TracesProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec4 vertex;
      attribute float middle;
      attribute vec4 color;
      uniform vec2 span;
      uniform float firstRow;
      uniform float gain;
      uniform float pixel;
      uniform float width;
      varying vec3 at; // u, value, row
      varying vec4 shade;
      ${TO_CLIP}
      void main() {
        float value = vertex.y + vertex.w * pixel * (width * 0.5 + 1.0);
        at = vec3(vertex.x, value, vertex.z);
        shade = color;
        gl_Position = toClip(vec2(mix(span.x, span.y, vertex.x), firstRow + vertex.z + (value - middle) * gain));
      }
    `,
    frag: `
      precision highp float;
      uniform sampler2D spans;
      uniform vec2 shape;
      uniform float half_;
      uniform float pixel;
      uniform float width;
      varying vec3 at;
      varying vec4 shade;
      vec2 column(float i) {
        vec2 uv = vec2(clamp(i, -1.0, shape.x) + 1.5, floor(at.z + 0.5) + 0.5) / (shape + vec2(2.0, 0.0));
        vec4 bytes = floor(texture2D(spans, uv) * 255.0 + 0.5);
        return bytes.rb + 256.0 * (bytes.ga - 256.0 * step(128.0, bytes.ga));
      }
      void main() {
        // The pixel covers columns left..right; between the middles of two columns the trace is a straight line.
        float left = at.x * shape.x - 0.5 - half_;
        float right = left + 2.0 * half_;
        float first = floor(left);
        vec2 a = column(first);
        vec2 b = column(first + 1.0);
        vec2 c = column(first + 2.0);
        vec2 start = mix(a, b, left - first);
        bool inner = right > first + 1.0;
        vec2 end = inner ? mix(b, c, right - first - 1.0) : mix(a, b, right - first);
        vec2 middle = inner ? b : start;
        float low = min(min(start.x, end.x), middle.x);
        float high = max(max(start.y, end.y), middle.y);
        float away = max(low - at.y, at.y - high) / pixel;
        gl_FragColor = vec4(shade.rgb, shade.a * clamp(width * 0.5 + 0.5 - away, 0.0, 1.0));
      }
    `,
    attributes: {
      vertex: regl.prop<TracesProps, 'vertex'>('vertex'),
      middle: regl.prop<TracesProps, 'middle'>('middle'),
      color: { buffer: regl.prop<TracesProps, 'colors'>('colors'), normalized: true, size: 4 },
    },
    uniforms: {
      domain: regl.prop<TracesProps, 'domain'>('domain'),
      spans: regl.prop<TracesProps, 'spans'>('spans'),
      shape: regl.prop<TracesProps, 'shape'>('shape'),
      span: regl.prop<TracesProps, 'span'>('span'),
      firstRow: regl.prop<TracesProps, 'firstRow'>('firstRow'),
      gain: regl.prop<TracesProps, 'gain'>('gain'),
      pixel: regl.prop<TracesProps, 'pixel'>('pixel'),
      half_: regl.prop<TracesProps, 'half'>('half'),
      width: regl.prop<TracesProps, 'width'>('width'),
    },
    elements: regl.prop<TracesProps, 'elements'>('elements'),
    primitive: 'triangles',
    count: regl.prop<TracesProps, 'count'>('count'),
  });
}
