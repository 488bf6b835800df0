import type { z } from 'zod';
import type { Entry } from '../shared/entry.ts';
import type { Json } from '../shared/json.ts';
import type { Recording } from '../shared/recording.ts';
import type { NpyInput } from '../store/npy.ts';
import type { Contents } from './contents.ts';
import type { TableInput } from './csv.ts';
import type { Stored } from './stored.ts';

export type Params = Readonly<Record<string, Json>>;

export interface ExtensionInput<P> {
  readonly contents: Contents;
  readonly params: P;
  /** An extension it depends on. */
  stored(name: string): Promise<Stored>;
  /** A path no one else uses, on the analyzer's disk: for files that a pass fills. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** Await now and then in long work: lets visible jobs and cancel through. */
  breathe(): Promise<void>;
}

/** What an extension wants from the pass over the recording: a collector of core/compute/collectors.ts. */
export interface CollectorRequest {
  readonly name: string;
  readonly args: unknown;
  /** Frames on each side of a block. */
  readonly margin: number;
}

/** What an extension saves: NAME.npy, NAME.csv. `moved`: files already written, by the name they get. */
export interface ExtensionData {
  readonly arrays?: Readonly<Record<string, NpyInput>>;
  readonly tables?: Readonly<Record<string, TableInput>>;
  readonly moved?: Readonly<Record<string, string>>;
}

/** Something computed once and kept in the analyzer's folder under extensions/NAME. */
export interface Extension<P extends z.ZodObject = z.ZodObject, Part = unknown> extends Entry<P> {
  /** SpikeInterface's class, below `spikeinterface.`: said in info.json. */
  readonly siClass: string;
  /** `pass`: reads all traces, by its collector. `slices`: reads some itself. */
  readonly traces: 'none' | 'slices' | 'pass';
  /** Extensions whose arrays it reads. */
  dependsOn(params: z.output<P>): readonly string[];
  /** Params that follow from others (templates take the waveforms' window): what params.json says. */
  settle?(params: z.output<P>, contents: Contents, paramsOf: (name: string) => Params | undefined): Params;
  /** Undefined: nothing needed from a pass this time. */
  collect?(input: ExtensionInput<z.output<P>>): Promise<CollectorRequest | undefined>;
  /** In a worker. `parts`: what the collector gathered, in time order. `recording`: for `slices`. */
  compute(
    input: ExtensionInput<z.output<P>> & { readonly parts: readonly Part[]; readonly recording?: Recording },
  ): Promise<ExtensionData>;
}

/** Checks the types of one entry without widening them. */
export function extension<P extends z.ZodObject, Part = unknown>(entry: Extension<P, Part>): Extension<P, Part> {
  return entry;
}
