import { extname } from 'node:path';

const KINDS = { '.png': 'PNG picture', '.svg': 'SVG drawing', '.csv': 'CSV table', '.json': 'JSON file' } as const;

/** The ending of a proposed name and what such files are; undefined for names that are no picture's, or paths. */
export function pictureKind(name: string): { readonly ending: string; readonly label: string } | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are refused
  if (/[/\\:\x00-\x1f]/.test(name) || name.length > 200) return undefined;
  const ending = extname(name);
  const label = Object.entries(KINDS).find(([kind]) => kind === ending)?.[1];
  return label === undefined ? undefined : { ending, label };
}

/** The path the user chose, with the ending added where they left it out; undefined where they gave another one. */
export function withEnding(path: string, ending: string): string | undefined {
  const given = extname(path).toLowerCase();
  if (given === ending) return path;
  return given === '' ? path + ending : undefined;
}
