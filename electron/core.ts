import { app } from 'electron';
import { createApi } from '../core/api/index.ts';
import { dataFolder, drain } from '../core/cli/withApi.ts';
import { openPool, type Pool } from '../core/compute/pool.ts';
import type { Methods } from '../core/shared/rpc.ts';
import { stations } from '../core/shared/session.ts';

export interface Core {
  /** What the page may call: Api and nothing more. */
  readonly methods: Methods;
  /** Runs the demo session to its end; says how well it was sorted. */
  demo(): Promise<string>;
  /** Starts the worker threads, if nothing has needed them yet: the window comes first. */
  warm(): void;
  /** Ends what runs and gives up the open session. */
  close(): Promise<void>;
}

/** Core with its worker threads, for the life of the app. */
export function openCore(): Core {
  let hired: Pool | undefined;
  const workers = () => {
    hired ??= openPool({ worker: outsideAsar('./worker.mjs'), behind: true });
    return hired;
  };
  const pool: Pick<Pool, 'run' | 'pass' | 'size'> = {
    get size() {
      return workers().size;
    },
    run: (job, args, options) => workers().run(job, args, options),
    pass: (args, signal) => workers().pass(args, signal),
  };
  const { dispose, ...methods } = createApi({ pool, dataFolder: dataFolder(), version: app.getVersion() });
  return {
    methods,
    async demo() {
      const { signal } = new AbortController();
      await drain(methods.open({ kind: 'demo' }, signal));
      const { accuracy } = await drain(methods.run({ stations }, signal));
      return `accuracy ${accuracy?.mean.toFixed(2)}`;
    },
    warm: () => void workers(),
    async close() {
      await dispose();
      await hired?.close();
    },
  };
}

/** Threads and .wasm are read as real files: in a package they lie beside the archive, not in it. */
function outsideAsar(name: string): URL {
  return new URL(new URL(name, import.meta.url).href.replace('/app.asar/', '/app.asar.unpacked/'));
}
