const PAGE = 65_536;
/** Below it lies what the compiler put there. */
const BASE = PAGE;

/** The memory of one thread's kernels: laid out anew for each call, grown when a call needs more, never shrunk. */
export class WasmMemory {
  readonly memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536 });
  #next = BASE;

  /** Forget what the call before had. */
  start(): void {
    this.#next = BASE;
  }

  /** Address of `bytes` free bytes, not cleared. Growing detaches views: reserve first, then write. */
  reserve(bytes: number): number {
    const at = this.#next;
    this.#next = at + Math.ceil(bytes / 16) * 16;
    const missing = this.#next - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  f32(at: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, length);
  }

  f64(at: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, at, length);
  }

  i32(at: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, at, length);
  }
}

/** [rows][columns] into rows of `stride`; what is beyond the columns becomes `padding`. */
export function spread(from: Float32Array, columns: number, to: Float32Array, stride: number, padding = 0): void {
  if (columns === stride) {
    to.set(from);
    return;
  }
  const rows = from.length / columns;
  for (let r = 0; r < rows; r++) {
    const at = r * stride;
    for (let c = 0; c < columns; c++) to[at + c] = from[r * columns + c]!;
    for (let c = columns; c < stride; c++) to[at + c] = padding;
  }
}

/** The other way. */
export function gatherRows(from: Float32Array, stride: number, to: Float32Array, columns: number): void {
  const rows = to.length / columns;
  if (columns === stride) {
    to.set(from.subarray(0, rows * columns));
    return;
  }
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) to[r * columns + c] = from[r * stride + c]!;
}
