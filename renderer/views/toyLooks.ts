import type { ChainLook } from '../../core/shared/preview.ts';
import { toyTraces } from './toyState.ts';
import type { AnswerOf, Data } from './view.ts';

/** A look of the toy session's 4 channels: 1 s from 2 s on, columns of 8 samples; `gain` times as loud. */
export function toyLook(gain = 1, change: Partial<ChainLook> = {}): AnswerOf<'preview'> {
  const { layout, channelIds } = {
    layout: {
      x: Float64Array.of(0, 30, 0, 30),
      y: Float64Array.of(0, 0, 20, 20),
      probe: new Int32Array(4),
      shank: ['', '', '', ''],
      contactId: ['', '', '', ''],
    },
    channelIds: ['ch0', 'ch1', 'ch2', 'ch3'],
  };
  const result: ChainLook = {
    unit: 'µV',
    framesAColumn: 8,
    samplingFrequency: 1000,
    startFrame: 2000,
    endFrame: 3000,
    channelIds,
    layout,
    rms: Float64Array.of(5, 6, 7, 8).map((v) => gain * v),
    crossings: Int32Array.of(0, 3, 0, 1),
    crossingsAt: 5,
    spectrum: { binHz: 10, density: new Float32Array(51).fill(gain * gain), channels: 4 },
    ...change,
  };
  return {
    method: 'preview',
    args: { steps: [], segment: 0, startS: 2, endS: 3, order: 'depth', tiles: true },
    items: [{ ...toyTraces().items[0]!, columns: 125, minMax: new Int16Array(1000).fill(10), scale: gain * 0.5 }],
    result,
  };
}

/** As recorded, and after a step that makes all half as loud. */
export function toyLooks(after: AnswerOf<'preview'> = toyLook(0.5)): Data {
  const steps = [{ step: 'common_reference', params: {}, enabled: true }];
  return { before: toyLook(), after: { ...after, args: { ...after.args, steps } } };
}
