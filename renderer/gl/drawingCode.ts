import createREGL from 'regl';
import { createMarks, EXTENSIONS } from './marks.ts';
import { type MockOptions, mockGl } from './mockGl.ts';

/** The code regl generates for our commands. */
export function generateDrawingCode(options: Partial<MockOptions> = {}): CachedCode {
  const regl = createREGL({
    gl: mockGl({ extensions: EXTENSIONS, ...options }),
    extensions: EXTENSIONS,
    cachedCode: {},
  });
  createMarks(regl);
  return regl.getCachedCode();
}

/** The same as the text of a module, byte for byte equal each time. */
export function drawingCodeModule(code: CachedCode): string {
  const functions = Object.keys(code)
    .sort()
    .map((key) => {
      const text = String(code[key])
        .replace(/^function anonymous\(/, 'function(')
        .replace('\n) {', ') {');
      return `  ${JSON.stringify(key)}: ${text},`;
    });
  return [
    '// @ts-nocheck',
    '// Written by renderer/gl/buildCache.ts at each build: the drawing code regl makes of renderer/gl/marks.ts.',
    'export const cachedCode: CachedCode = {',
    ...functions,
    '};',
    '',
  ].join('\n');
}
