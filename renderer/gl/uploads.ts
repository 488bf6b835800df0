import type { Buffer, Elements, Regl, Texture2D } from 'regl';

/** What one array has become on the graphics card, by name where it has become several things. */
interface Made {
  readonly buffers: Map<string, Buffer>;
  readonly elements: Map<string, Elements>;
  readonly textures: Map<string, Texture2D>;
}

/**
 * Arrays on the graphics card. An array is uploaded when it is first drawn and kept as long as a panel's last drawing
 * has it, so panning uploads nothing and nothing piles up. After a lost context: make a new one.
 */
export class Uploads {
  private readonly made = new Map<object, Made>();
  /** How many panels' last drawings have the array. */
  private readonly uses = new Map<object, number>();
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

  buffer(key: object, name: string, make: () => Float32Array | Uint8Array): Buffer {
    return getOrMake(this.of(key).buffers, name, () => this.regl.buffer(make()));
  }

  elements(key: object, name: string, make: () => Uint32Array): Elements {
    return getOrMake(this.of(key).elements, name, () => this.regl.elements({ data: make(), type: 'uint32' }));
  }

  /** channels 1: luminance, 2: luminance and alpha, as float32; 4: colours of 8 bits. */
  texture(
    key: object,
    channels: 1 | 2 | 4,
    width: number,
    height: number,
    make: () => Float32Array | Uint8Array,
  ): Texture2D {
    const format = channels === 4 ? 'rgba' : channels === 2 ? 'luminance alpha' : 'luminance';
    const type = channels === 4 ? 'uint8' : 'float';
    const upload = () => this.regl.texture({ data: make(), width, height, format, type });
    return getOrMake(this.of(key).textures, format, upload);
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
    for (const buffer of made.buffers.values()) buffer.destroy();
    for (const elements of made.elements.values()) elements.destroy();
    for (const texture of made.textures.values()) texture.destroy();
  }
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
