/*
 * Writes renderer/gl/cache.generated.ts. The build bundles this file and runs it in the project's folder;
 * with --check it only compares, and says so if the file is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { drawingCodeModule, generateDrawingCode } from './drawingCode.ts';

const file = 'renderer/gl/cache.generated.ts';
const text = drawingCodeModule(generateDrawingCode());
const fresh = existsSync(file) && readFileSync(file, 'utf8') === text;
if (process.argv.includes('--check')) {
  if (!fresh) {
    console.error(`${file} is stale: run \`npm run build\` and commit it.`);
    process.exitCode = 1;
  }
} else if (!fresh) writeFileSync(file, text);
