/*
 * A WebGL context that compiles nothing: enough for regl to generate its drawing code in Node. It must list the
 * attributes and uniforms a driver would list, or the page would look for other code than was prepared.
 */

const TYPES: Readonly<Record<string, number>> = {
  float: 5126,
  vec2: 35664,
  vec3: 35665,
  vec4: 35666,
  int: 5124,
  mat2: 35674,
  mat3: 35675,
  mat4: 35676,
  sampler2D: 35678,
};

/** Limits by their WebGL number, at their usual values. */
const LIMITS: Readonly<Record<number, unknown>> = {
  3379: 8192, // MAX_TEXTURE_SIZE
  34024: 8192,
  34076: 8192,
  34921: 16, // MAX_VERTEX_ATTRIBS
  34930: 16,
  35660: 16,
  35661: 32,
  36347: 1024,
  36348: 31,
  36349: 1024,
  3386: [8192, 8192],
  33901: [1, 1023],
  33902: [1, 1],
  35724: 'WebGL GLSL ES 1.0',
  7936: 'mock',
  7937: 'mock',
  7938: 'WebGL 1.0',
  36063: 8, // MAX_COLOR_ATTACHMENTS
};

interface Active {
  readonly name: string;
  readonly type: number;
  readonly size: number;
}

interface Shader {
  source: string;
}

interface Program {
  readonly shaders: Shader[];
  attributes: Active[];
  uniforms: Active[];
}

export interface MockOptions {
  readonly extensions: readonly string[];
  readonly limits?: Readonly<Record<number, unknown>>;
  /** Rotates the order in which attributes and uniforms are listed, as drivers differ in it. */
  readonly shuffle?: number;
}

export function mockGl({ extensions, limits = {}, shuffle = 0 }: MockOptions): WebGLRenderingContext {
  const known = extensions.map((name) => name.toLowerCase());
  const rotated = <T>(list: T[]): T[] => list.map((_, i) => list[(i + shuffle) % list.length] ?? list[0]!);
  let made = 0;
  const gl: Record<string, unknown> = {
    canvas: null,
    drawingBufferWidth: 300,
    drawingBufferHeight: 150,
    getContextAttributes: () => ({ alpha: true, antialias: false, depth: false, stencil: false }),
    isContextLost: () => false,
    getError: () => 0,
    checkFramebufferStatus: () => 36053,
    getExtension: (name: string) => (known.includes(name.toLowerCase()) ? {} : null),
    getSupportedExtensions: () => [...extensions],
    getParameter: (name: number) => ({ ...LIMITS, ...limits })[name] ?? 0,
    createShader: (): Shader => ({ source: '' }),
    shaderSource: (shader: Shader, source: string) => {
      shader.source = source;
    },
    getShaderParameter: () => true,
    createProgram: (): Program => ({ shaders: [], attributes: [], uniforms: [] }),
    attachShader: (program: Program, shader: Shader) => program.shaders.push(shader),
    linkProgram: (program: Program) => {
      const sources = program.shaders.map(({ source }) => source.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, ''));
      program.attributes = rotated(declared(sources, 'attribute'));
      program.uniforms = rotated(declared(sources, 'uniform'));
    },
    getProgramParameter: (program: Program, what: number) =>
      what === 35721 ? program.attributes.length : what === 35718 ? program.uniforms.length : true,
    getActiveAttrib: (program: Program, i: number) => program.attributes[i],
    getActiveUniform: (program: Program, i: number) => program.uniforms[i],
    getAttribLocation: (program: Program, name: string) => program.attributes.findIndex((a) => a.name === name),
    getUniformLocation: () => ({ id: ++made }),
  };
  const missing = (name: string): unknown => {
    if (name.startsWith('create')) return () => ({ id: ++made });
    return /^[a-z]/.test(name) ? () => undefined : undefined;
  };
  return new Proxy(gl, {
    get: (target, name) => (typeof name !== 'string' ? undefined : name in target ? target[name] : missing(name)),
    has: () => true,
  }) as unknown as WebGLRenderingContext; // as much of one as regl asks for
}

/** What the sources declare with `keyword`. A driver drops what is declared and not used, so that is refused here. */
function declared(sources: readonly string[], keyword: 'attribute' | 'uniform'): Active[] {
  const found = new Map<string, Active>();
  const declaration = new RegExp(`\\b${keyword}\\s+(?:(?:highp|mediump|lowp)\\s+)?(\\w+)\\s+(\\w+)\\s*;`, 'g');
  for (const source of sources)
    for (const [, type, name] of source.matchAll(declaration)) {
      if (type === undefined || name === undefined) continue;
      const count = (pattern: RegExp) => sources.reduce((n, text) => n + [...text.matchAll(pattern)].length, 0);
      const uses = count(new RegExp(`\\b${name}\\b`, 'g'));
      const declarations = count(new RegExp(`\\b${keyword}\\s+(?:\\w+\\s+)?\\w+\\s+${name}\\b`, 'g'));
      if (uses <= declarations) throw new Error(`${keyword} ${name} is declared but not used`);
      const number = TYPES[type];
      if (number === undefined) throw new Error(`${keyword} ${name}: the mock does not know ${type}`);
      found.set(name, { name, type: number, size: 1 });
    }
  return [...found.values()];
}
