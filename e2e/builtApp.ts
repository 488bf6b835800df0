import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(dirname(process.argv[1] ?? ''), '..');

/** The app as it is built, where an ordinary user can start it (scripts/stage.mjs). */
interface Stage {
  readonly app: string;
  readonly output: string;
  readonly env: Readonly<Record<string, string>>;
  exec(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<number>;
}

interface Scripts {
  readonly setup: (what: 'all') => void;
  readonly bundle: (entry: string, outfile: string, options: object) => Promise<void>;
  readonly installSystemPackages: (names: readonly string[]) => Promise<void>;
  readonly withStage: (work: (stage: Stage) => Promise<string>) => Promise<string>;
}

/** npm's own commands, which are plain JavaScript beside this program's bundle: to build the app and to start it. */
export async function scripts(): Promise<Scripts> {
  const load = (path: string) => import(pathToFileURL(join(root, path)).href);
  const { setup } = await load('scripts/setup.mjs');
  const { bundle } = await load('build.mjs');
  const { installSystemPackages } = await load('scripts/systemLibraries.mjs');
  const { withStage } = await load('scripts/stage.mjs');
  return { setup, bundle, installSystemPackages, withStage };
}
