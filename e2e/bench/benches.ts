import { answersBench } from './answers.ts';
import type { Bench } from './bench.ts';
import { kernelsBench } from './kernels.ts';
import { preprocess } from './preprocess.ts';
import { previewBench } from './preview.ts';
import { sorterBench } from './sorter.ts';
import { startBench } from './start.ts';
import { unitsBench } from './units.ts';
import { windowBench } from './window.ts';

export const benches: readonly Bench[] = [
  kernelsBench,
  preprocess,
  previewBench,
  sorterBench,
  answersBench,
  windowBench,
  unitsBench,
  startBench,
];
