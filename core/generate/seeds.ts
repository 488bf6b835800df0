/** What the numbers of one stream are for. Adding spikes, say, never changes the noise of the same seed. */
const streams = { units: 0, trains: 1, hash: 2, hashTrains: 3, calibration: 4, noise: 1000 } as const;

/** The seed of a stream of random numbers, or of its block `index` (up to a million): independent of all others. */
export function streamSeed(seed: number, stream: keyof typeof streams, index = 0): number {
  return (seed >>> 0) * 2 ** 20 + streams[stream] + index;
}
