import { TILE_COLUMNS } from '../../core/shared/tileGrid.ts';
import { plain } from './axis.ts';
import { recordedFiles } from './explainUnits.ts';
import type { ShownSpikes } from './traceSpikes.ts';
import { type Exactness, exactness } from './traceTiles.ts';
import { nodeName, nodeOf, type Seen, type TraceOptions } from './traceWindow.ts';
import type { AnswerOf, ViewState } from './view.ts';

/** "sampled: 3 % of the frames, exact in 12 s"; undefined where all is exact. */
export function sampledText({ sampled, secondsLeft }: Exactness): string | undefined {
  if (sampled >= 1) return undefined;
  const percent = 100 * sampled;
  const part =
    percent >= 1 ? percent.toFixed(0) : percent >= 0.01 ? String(Number(percent.toPrecision(1))) : 'under 0.01';
  const left = secondsLeft === undefined ? '' : `, exact in ${duration(secondsLeft)}`;
  return `sampled: ${part} % of the frames${left}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${plain(Number((minutes / 60).toPrecision(2)))} h`;
}

/** "384 channels", "blue to red: −80 to 80 µV". `range`: of an image. */
export function tracesText({ items }: AnswerOf<'traces'>, channels: number, range: number | undefined): string[] {
  const colors: string[] = [];
  if (range !== undefined) {
    const end = plain(Number(range.toPrecision(2)));
    colors.push(`blue to red: −${end} to ${end} ${items[0]?.unit ?? ''}`);
  }
  const sampled = sampledText(exactness(items));
  return [`${channels} channels`, ...colors, ...(sampled ? [sampled] : [])];
}

/** Segments with the time they cover. */
export function segmentLabel({ session: { recording } }: ViewState, segment: number): string {
  if (!recording) return `segment ${segment}`;
  const from = recording.tStart[segment] ?? 0;
  const to = from + (recording.numFrames[segment] ?? 0) / recording.samplingFrequency;
  const short = (s: number) => plain(Number(s.toFixed(s < 100 ? 1 : 0)));
  return `segment ${segment} · ${short(from)}–${short(to)} s`;
}

export function explainTraces(
  state: ViewState,
  options: TraceOptions,
  seen: Seen,
  found: AnswerOf<'traces'> | undefined,
  spikes: ShownSpikes | undefined,
): (readonly [string, string])[] {
  const { session } = state;
  const node = nodeOf(state, options);
  const frames = found?.args.framesAColumn ?? 1;
  const from = Math.max(0, Math.round(seen.startS * seen.rate));
  const to = Math.min(seen.frames, Math.round((seen.startS + seen.spanS) * seen.rate));
  const column =
    frames === 1
      ? 'each sample'
      : `each column the least and the greatest of ${frames.toLocaleString('en-US')} samples`;
  const orders = {
    depth: 'by depth, the deepest at the bottom',
    shank: 'shank by shank, within each by depth',
    number: 'as in the file',
  };
  const sampled = found && sampledText(exactness(found.items));
  const after = session.nodes.slice(1, node + 1).join(' → ');
  return [
    ['Recording', recordedFiles(state)],
    ['Data', after === '' ? 'as recorded' : `${nodeName(state, 0)} → ${after}`],
    ['Frames', `${count(from)} to ${count(to)} of ${count(seen.frames)} in segment ${seen.segment}`],
    ['Drawn', `${column}, in tiles of ${TILE_COLUMNS} columns${sampled ? `; ${sampled}` : ''}`],
    ['Channels', orders[options.order]],
    ...(spikes
      ? [
          [
            'Spikes',
            `${count(spikes.spikes.result.sampleIndex.length)} of ${spikes.spikes.args.unitIds.length} units`,
          ] as const,
        ]
      : []),
  ];
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
