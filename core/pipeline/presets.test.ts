import { expect, test } from 'vitest';
import { findStep } from '../open.ts';
import { steps } from '../preprocess/index.ts';
import { parseParams } from '../shared/entry.ts';
import { presets } from './presets.ts';

test.each(presets.flatMap(({ label, steps }) => steps.map((one) => ({ label, ...one }))))(
  '$label: the parameters of $step are its own',
  ({ step, params }) => {
    if (!steps.some(({ name }) => name === step)) return; // shown, with what is missing
    const parsed: object = parseParams(findStep(step), 'step', params);
    expect(parsed).toMatchObject(params);
  },
);

test('names are told apart', () => {
  expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
});
