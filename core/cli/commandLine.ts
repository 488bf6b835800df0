import { parseArgs } from 'node:util';
import { nearest } from '../shared/entry.ts';
import { isAbort, UserError } from '../shared/errors.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { openOutput } from './output.ts';
import { readVersion } from './version.ts';

/** Ctrl+C: as shells tell it. */
const CANCELLED = 130;

/** Runs one command line. Returns the exit code. */
export async function runCommandLine(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const json = argv.includes('--json');
  const output = openOutput(process.stdout, json);
  try {
    const [name, ...rest] = argv;
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      const about = name === 'help' && rest[0] !== undefined ? find(rest[0]) : undefined;
      console.log(about ? commandHelp(about) : generalHelp());
      return 0;
    }
    if (name === '--version' || name === '-v' || name === '-V') {
      console.log(readVersion());
      return 0;
    }
    const command = find(name);
    const { positionals, values } = parse(command, rest);
    if (values.help === true) {
      console.log(commandHelp(command));
      return 0;
    }
    await command.run({ positionals, values }, output, signal);
    output.settle();
    return 0;
  } catch (error) {
    output.settle();
    if (isAbort(error) || signal.aborted) {
      output.machine({ type: 'error', message: 'cancelled' });
      console.error('spikedesk: cancelled, nothing half-made was left');
      return CANCELLED;
    }
    output.machine({ type: 'error', ...describe(error) });
    console.error(errorLine(error));
    return 1;
  }
}

function find(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const names = commands.map((command) => command.name);
  const near = nearest(name, names);
  throw new UserError(`unknown command "${name}"`, {
    hint: near ? `Did you mean "${near}"?` : `Known: ${names.join(', ')}`,
  });
}

function parse(command: Command, args: readonly string[]) {
  const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, ...command.options } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = error.message.split('. ')[0] ?? error.message;
    throw new UserError(message, { hint: `See \`spikedesk ${command.name} --help\`.` });
  }
}

function describe(error: unknown): { message: string; hint?: string; path?: string } {
  if (!(error instanceof UserError)) return { message: error instanceof Error ? error.message : String(error) };
  const { message, hint, path } = error;
  return { message, ...(hint !== undefined && { hint }), ...(path !== undefined && { path }) };
}

/** One line for what the user can mend; for a bug of ours also where it is. */
function errorLine(error: unknown): string {
  const { message, hint } = describe(error);
  const line = `spikedesk: ${message}${hint ? ` (${hint})` : ''}`.replaceAll(/\s*\n\s*/g, ' ');
  if (error instanceof UserError) return line;
  const where = error instanceof Error ? (error.stack?.split('\n').slice(1, 6).join('\n') ?? '') : '';
  return `${line}\nThis is a fault of Spikedesk. Please report it with these lines:\n${where}`;
}

function generalHelp(): string {
  return [
    `Spikedesk ${readVersion()}: spike sorting from the recording to the curated units.`,
    '',
    'Usage: spikedesk COMMAND …',
    '',
    ...commands.flatMap(({ name, usage, summary }) => [`  ${name} ${usage}`, `      ${summary}`]),
    '',
    'Everywhere: --json prints one JSON object a line for programs, --help explains a command, --version.',
    'Exit code: 0 done, 1 an error (one line on stderr says which), 130 cancelled by Ctrl+C.',
  ].join('\n');
}

function commandHelp({ name, usage, summary, help }: Command): string {
  return [`Usage: spikedesk ${name} ${usage}`, '', summary, ...(help ? ['', help] : [])].join('\n');
}
