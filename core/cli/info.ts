import { resolve } from 'node:path';
import { inspect } from '../api/inspect.ts';
import { sortingFormats } from '../formats/index.ts';
import { describeProbe, describeRecording } from '../pipeline/plan.ts';
import { infoOf } from '../pipeline/source.ts';
import { findEntry } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Found } from '../shared/lists.ts';
import { channelLayout } from '../shared/probe.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { numSpikes, spikeCounts } from '../shared/sorting.ts';
import type { Command } from './command.ts';
import type { Output } from './output.ts';

export const info: Command = {
  name: 'info',
  usage: 'PATH [--json]',
  summary: 'What lies at a path: recordings, sortings, analyzers, sessions. Changes nothing there.',
  async run({ positionals }, output) {
    const [given] = positionals;
    if (given === undefined) throw new UserError('info takes a path', { hint: 'spikedesk info data.bin' });
    const path = resolve(given);
    const { session, recordings, sortings } = await inspect(path);
    if (!session && recordings.length === 0 && sortings.length === 0)
      throw new UserError(`${path} holds nothing that Spikedesk reads`, {
        path,
        hint: 'See `spikedesk list formats`.',
      });
    if (session) {
      output.machine({ type: 'session', file: session });
      output.line(`session ${session}`);
    }
    for (const [i, found] of recordings.entries()) await tellRecording(found, i + 1, output);
    for (const sorting of sortings) await tellSorting(sorting, output);
  },
};

async function tellRecording({ label, spec, asks }: Found, number: number, output: Output): Promise<void> {
  output.line(`recording ${number}: ${label} (${spec.format})`);
  if (asks.length > 0) {
    output.machine({ type: 'recording', label, spec, asks });
    return output.line(
      `  to be told: ${asks.map((name) => `${name} (${JSON.stringify(spec.params[name])}?)`).join(', ')}`,
    );
  }
  const about = await infoOf(spec);
  output.machine({ type: 'recording', label, spec, asks, info: plain(about) });
  output.line(`  ${describeRecording(about)}`);
  output.line(`  channels ${shortList(about.channelIds)}`);
  output.line(`  segments ${about.numFrames.map((n) => `${n} frames`).join(', ')}`);
  output.line(`  ${gains(about)}`);
  output.line(
    `  probe: ${describeProbe(about.probe && channelLayout(about.probe, about.channelIds.length)) || 'not told'}`,
  );
}

async function tellSorting(found: { format: string; label: string; path: string }, output: Output): Promise<void> {
  const { sorting, columns, recording, warnings } = await findEntry(
    sortingFormats,
    'sorting format',
    found.format,
  ).open(found.path);
  const counts = spikeCounts(sorting);
  output.machine({
    type: 'sorting',
    format: found.format,
    path: found.path,
    samplingFrequency: sorting.samplingFrequency,
    unitIds: sorting.unitIds,
    numSpikes: [...counts],
    numSegments: sorting.segments.length,
    columns,
    recording,
    warnings,
  });
  output.line(`sorting ${found.label} (${found.format})`);
  output.line(`  ${sorting.unitIds.length} units, ${numSpikes(sorting)} spikes, ${sorting.samplingFrequency} Hz`);
  output.line(`  units ${shortList(sorting.unitIds)}`);
  for (const warning of warnings) output.line(`  ! ${warning}`);
}

function gains({ gainToUv, offsetToUv }: RecordingInfo): string {
  if (!gainToUv) return 'no gain: raw units';
  const [gain, ...others] = new Set(gainToUv);
  const offsets = new Set(offsetToUv ?? []);
  const offset = offsets.size === 1 && offsets.has(0) ? '' : `, offset ${shortList([...offsets])} µV`;
  return others.length === 0 ? `gain ${gain} µV${offset}` : `gains ${shortList(gainToUv)} µV${offset}`;
}

function shortList(values: readonly (string | number)[]): string {
  return values.length <= 12
    ? values.join(' ')
    : `${values.slice(0, 8).join(' ')} … ${values.at(-1)} (${values.length})`;
}

function plain(about: RecordingInfo): object {
  const { properties: _, ...rest } = about;
  return rest;
}
