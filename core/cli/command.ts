import type { Output } from './output.ts';

/** One word of the command line: `spikedesk NAME …`. */
export interface Command {
  readonly name: string;
  /** What follows the name. */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  /** The options, one a line. */
  readonly help?: string;
  /** Node's parseArgs options. */
  readonly options?: Readonly<Record<string, OptionSpec>>;
  run(args: CommandArgs, output: Output, signal: AbortSignal): Promise<void>;
}

interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
}

export interface CommandArgs {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
}

/** The value of a text option. */
export function text({ values }: CommandArgs, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** All values of an option that may be given several times. */
export function texts({ values }: CommandArgs, name: string): readonly string[] {
  const value = values[name];
  const list = typeof value === 'object' ? value : [value];
  return list.filter((v) => typeof v === 'string');
}
