/** Rows of one bin: what is asked of one row is answered for its bin. */
const BIN = 16;

/** In which round of matching each stretch of each channel was last changed; 0: never. */
export class Touched {
  private readonly bins: number;
  private readonly rounds: Uint8Array;

  constructor(channels: number, rows: number) {
    this.bins = Math.ceil(rows / BIN);
    this.rounds = new Uint8Array(channels * this.bins);
  }

  since(channel: number, row: number): number {
    return this.rounds[channel * this.bins + Math.floor(row / BIN)]!;
  }

  /** Rows [from, to). */
  mark(channel: number, from: number, to: number, round: number): void {
    const at = channel * this.bins;
    this.rounds.fill(round, at + Math.floor(from / BIN), at + Math.floor((to - 1) / BIN) + 1);
  }

  /** Was any of rows [from, to) of these channels changed in that round? */
  isAt(channels: Int32Array, from: number, to: number, round: number): boolean {
    const first = Math.floor(from / BIN);
    const last = Math.floor((to - 1) / BIN);
    for (const channel of channels)
      for (let bin = channel * this.bins + first; bin <= channel * this.bins + last; bin++)
        if (this.rounds[bin] === round) return true;
    return false;
  }
}
