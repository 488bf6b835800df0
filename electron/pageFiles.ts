import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { ORIGIN, PAGE_HEADERS } from './security.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Every URL the page can get, with its file. */
export type PageFiles = ReadonlyMap<string, string>;

/** Listed once at the start; a request is looked up, never joined to a path. Links and unknown types are left out. */
export function listPageFiles(folder: string): PageFiles {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !(extname(entry.name) in TYPES)) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length).split(sep).join('/');
    files.set(`${ORIGIN}${path}`, file);
  }
  return files;
}

/** The answer to one request of our scheme: a listed file by its exact URL, or 404. */
export async function answerRequest(files: PageFiles, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  const file = request.method === 'GET' ? files.get(request.url) : undefined;
  if (file === undefined) return new Response('not found', { status: 404, headers: PAGE_HEADERS });
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  return new Response(new Uint8Array(await readFile(file)), { headers: { ...PAGE_HEADERS, 'content-type': type } });
}
