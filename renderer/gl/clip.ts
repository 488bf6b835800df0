/** GLSL: a point of the mark's domain in clip space. The viewport is the mark's box, so shaders know nothing of panels. */
export const TO_CLIP = `
uniform vec4 domain; // x0 y0 x1 y1
vec4 toClip(vec2 p) { return vec4((p - domain.xy) / (domain.zw - domain.xy) * 2.0 - 1.0, 0.0, 1.0); }
`;

export const ONE_COLOR = `
precision highp float;
uniform vec4 color;
void main() { gl_FragColor = color; }
`;

export const VERTEX_COLOR = `
precision highp float;
varying vec4 shade;
void main() { gl_FragColor = shade; }
`;
