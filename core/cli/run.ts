import { resolve } from 'node:path';
import type { SessionState } from '../shared/api.ts';
import { findEntry } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import { type Station, stations } from '../shared/session.ts';
import { type Command, text } from './command.ts';
import type { Output } from './output.ts';
import { drain, withApi } from './withApi.ts';

export const run: Command = {
  name: 'run',
  usage: 'SESSION.json [--from STATION] [--json]',
  summary: 'Run what is missing or out of date in a session.',
  help: `--from STATION  run this station and those after it again: ${stations.join(', ')}`,
  options: { from: { type: 'string' } },
  async run(args, output, signal) {
    const [path, more] = args.positionals;
    if (path === undefined || more !== undefined)
      throw new UserError('run takes one session.json', { hint: 'spikedesk run session.json' });
    const from = stationNamed(text(args, 'from'));
    await withApi(async (api) => {
      await drain(api.open({ kind: 'session', path: resolve(path) }, signal));
      const state = await drain(
        api.run({ stations: ['analyze', 'export'], ...(from && { from }) }, signal),
        output.progress,
      );
      output.settle();
      tellStations(state, output);
    });
  },
};

function stationNamed(name: string | undefined): Station | undefined {
  if (name === undefined) return undefined;
  findEntry(
    stations.map((station) => ({ name: station })),
    'station',
    name,
  );
  return stations.find((station) => station === name);
}

/** One line a station, and where the results lie. */
export function tellStations(state: SessionState, output: Output): void {
  for (const station of stations) {
    const { state: how, detail } = state.stations[station];
    output.machine({ type: 'station', station, state: how, detail });
    if (detail || how === 'done') output.line(`${how === 'done' ? '✓' : '·'} ${station.padEnd(10)} ${detail || how}`);
  }
  for (const notice of state.notices) {
    output.machine({ type: 'notice', text: notice });
    output.line(`! ${notice}`);
  }
  if (state.accuracy) {
    const { mean, byUnit } = state.accuracy;
    output.machine({ type: 'accuracy', mean, byUnit });
    output.line(`accuracy ${mean.toFixed(2)} (mean over ${byUnit.length} units)`);
  }
  output.machine({ type: 'result', folder: state.folder, file: state.file });
  output.line(`Results: ${state.folder}`);
}
