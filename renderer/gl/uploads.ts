import type { Buffer, Elements, Regl, Texture2D } from 'regl';

/** What one array has become on the graphics card, by name where it has become several things. */
interface Made {
  readonly buffers: Map<string, { readonly buffer: Buffer; readonly version: string }>;
  readonly elements: Map<string, Elements>;
  readonly textures: Map<string, { readonly texture: Texture2D; readonly version: string }>;
}

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly format?: 'rgba' | 'alpha';
  /** What the texture was made with besides its key. */
  readonly version?: string;
}

interface Keys extends WeakMap<object, Keys> {}

/**
 * Arrays on the graphics card. An array is uploaded when it is first drawn and kept as long as a panel's last drawing
 * has it, so panning uploads nothing and nothing piles up. After a lost context: make a new one.
 */
export class Uploads {
  private readonly made = new Map<object, Made>();
  /** How many panels' last drawings have the array. */
  private readonly uses = new Map<object, number>();
  private readonly keys: Keys = new WeakMap();
  private drawing = new Set<object>();
  private readonly regl: Regl;

  constructor(regl: Regl) {
    this.regl = regl;
  }

  /** Runs `draw` and returns the arrays it used; those of `before` that it did not use are let go. */
  during(before: ReadonlySet<object>, draw: () => void): ReadonlySet<object> {
    this.drawing = new Set();
    draw();
    const now = this.drawing;
    for (const array of now) if (!before.has(array)) this.uses.set(array, (this.uses.get(array) ?? 0) + 1);
    for (const array of before) if (!now.has(array)) this.release(array);
    return now;
  }

  releaseAll(used: ReadonlySet<object>): void {
    for (const array of used) this.release(array);
  }

  /** Another `version` replaces what is there. */
  buffer(key: object, name: string, make: () => Float32Array | Uint8Array, version = ''): Buffer {
    const { buffers } = this.of(key);
    const found = buffers.get(name);
    if (found?.version === version) return found.buffer;
    const buffer = found ? found.buffer(make()) : this.regl.buffer(make());
    buffers.set(name, { buffer, version });
    return buffer;
  }

  elements(key: object, name: string, make: () => Uint32Array): Elements {
    return getOrMake(this.of(key).elements, name, () => this.regl.elements({ data: make(), type: 'uint32' }));
  }

  /** One object for these arrays together: what is made from all of them hangs on it. */
  key(...arrays: readonly object[]): object {
    let at: Keys = this.keys;
    for (const array of arrays) at = getOrMake(at, array, () => new WeakMap());
    return at;
  }

  /** Bytes: colours, or only how opaque. Another `version` replaces what is there. */
  texture(key: object, name: string, shape: Shape, make: () => Uint8Array): Texture2D {
    const { textures } = this.of(key);
    const found = textures.get(name);
    const { width, height, format = 'rgba', version = '' } = shape;
    if (found?.version === version) return found.texture;
    const options = { data: make(), width, height, format, type: 'uint8' } as const;
    const texture = found ? found.texture(options) : this.regl.texture(options);
    textures.set(name, { texture, version });
    return texture;
  }

  /** Numbers, one a texel. */
  numbers(key: object, { width, height }: Shape, make: () => Float32Array): Texture2D {
    const { textures } = this.of(key);
    const made = getOrMake(textures, 'numbers', () => ({
      texture: this.regl.texture({ data: make(), width, height, format: 'luminance', type: 'float' }),
      version: '',
    }));
    return made.texture;
  }

  get count(): number {
    return this.made.size;
  }

  private of(key: object): Made {
    this.drawing.add(key);
    return getOrMake(this.made, key, () => ({ buffers: new Map(), elements: new Map(), textures: new Map() }));
  }

  private release(array: object): void {
    const left = (this.uses.get(array) ?? 0) - 1;
    if (left > 0) {
      this.uses.set(array, left);
      return;
    }
    this.uses.delete(array);
    const made = this.made.get(array);
    this.made.delete(array);
    if (!made) return;
    for (const { buffer } of made.buffers.values()) buffer.destroy();
    for (const elements of made.elements.values()) elements.destroy();
    for (const { texture } of made.textures.values()) texture.destroy();
  }
}

interface MapLike<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

function getOrMake<K, V>(map: MapLike<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
