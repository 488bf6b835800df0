import type { Bench } from './bench.ts';
import { kernelsBench } from './kernels.ts';
import { preprocess } from './preprocess.ts';

export const benches: readonly Bench[] = [kernelsBench, preprocess];
