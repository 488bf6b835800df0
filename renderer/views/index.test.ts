import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { views } from './index.ts';

const folder = new URL('.', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const importsOf = (text: string) => [...text.matchAll(/(?:from|import)\s+'([^']+)'/g)].map(([, path]) => path ?? '');
const files = readdirSync(folder).filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|^toy|^index\.ts$/.test(file));
const listed = importsOf(read('index.ts')).filter((path) => path !== './view.ts');

/** What a file of views imports that it must not: a view may know marks, shared types and drawing aids. */
function forbidden(text: string): string[] {
  return importsOf(text).filter(
    (path) => listed.includes(path) || !/^(\.\/|\.\.\/gl\/|\.\.\/\.\.\/core\/shared\/|d3-scale$)/.test(path),
  );
}

test('a view imports no other view, no React, no store', () => {
  expect(listed.length).toBe(views.length);
  const found = files.flatMap((file) => forbidden(read(file)).map((path) => `${file} imports ${path}`));
  expect(found).toEqual([]);
});

test('such an import is found', () => {
  expect(forbidden("import { trace } from './trace.ts';\nimport { create } from 'zustand';")).toEqual([
    './trace.ts',
    'zustand',
  ]);
  expect(forbidden("import { useSession } from '../state/session.ts';\nimport 'react';")).toEqual([
    '../state/session.ts',
    'react',
  ]);
});
