import type { RunState } from '../shared/api.ts';
import type { Progress } from '../shared/progress.ts';

/** What a command says: lines and bars for people, or one JSON object a line for machines. */
export interface Output {
  readonly json: boolean;
  /** For people only. */
  line(text?: string): void;
  /** For machines only. */
  machine(value: { readonly type: string; readonly [key: string]: unknown }): void;
  progress(progress: Progress & Partial<RunState>): void;
  /** Take the bar away, so that lines can follow. */
  settle(): void;
}

interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Machines get at most this many progress lines a second, people without a terminal one in ten seconds a stage. */
const MACHINE_MS = 200;
const PLAIN_MS = 10_000;
const BAR_MS = 80;

export function openOutput(out: Stream, json: boolean, now: () => number = () => performance.now()): Output {
  const tty = out.isTTY === true && !json;
  let barShown = false;
  let last = Number.NEGATIVE_INFINITY;
  let lastStage = '';

  const settle = () => {
    if (barShown) out.write('\r\x1b[K');
    barShown = false;
  };
  return {
    json,
    line(text = '') {
      if (json) return;
      settle();
      out.write(`${text}\n`);
    },
    machine(value) {
      if (json) out.write(`${JSON.stringify(value)}\n`);
    },
    progress(progress) {
      const stage = `${progress.station ?? ''}/${progress.stage}`;
      const due = now() - last >= (json ? MACHINE_MS : tty ? BAR_MS : PLAIN_MS) || progress.done >= progress.of;
      const begins = stage !== lastStage;
      if (!begins && (!due || (!tty && !json && progress.done >= progress.of))) return;
      last = now();
      lastStage = stage;
      if (json) return void out.write(`${JSON.stringify({ type: 'progress', ...progress })}\n`);
      if (!tty) return void out.write(`${plain(progress)}\n`);
      out.write(`\r\x1b[K${bar(progress, out.columns ?? 80)}`);
      barShown = true;
    },
    settle,
  };
}

function title({ station, stage }: Progress & Partial<RunState>): string {
  return station ? `${station}: ${stage}` : stage;
}

function plain(progress: Progress & Partial<RunState>): string {
  const how = [
    share(progress) > 0 ? percent(progress).trim() : '',
    progress.secondsLeft === undefined ? '' : `${duration(progress.secondsLeft)} left`,
  ].filter((part) => part !== '');
  return `  ${title(progress)}${how.length > 0 ? ` (${how.join(', ')})` : ''}`;
}

/** "sort: peaks ━━━━━━╌╌╌╌ 60% 4 s left", no wider than the terminal. */
function bar(progress: Progress & Partial<RunState>, columns: number): string {
  const left = progress.secondsLeft === undefined ? '' : ` ${duration(progress.secondsLeft)} left`;
  const head = title(progress).slice(0, 40).padEnd(28);
  const tail = ` ${percent(progress)}${left}`;
  const width = Math.max(0, Math.min(40, columns - head.length - 22));
  const full = Math.round(width * share(progress));
  return `${head} ${'━'.repeat(full)}${'╌'.repeat(width - full)}${tail}`.slice(0, columns - 1);
}

function share({ done, of }: Progress): number {
  return of > 0 ? Math.min(1, done / of) : 0;
}

function percent(progress: Progress): string {
  return `${String(Math.floor(100 * share(progress))).padStart(3)}%`;
}

/** "8 s", "2 min 5 s", "1 h 3 min" */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** Columns under each other, numbers to the right. The first row is the heading. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, c) => Math.max(...rows.map((row) => (row[c] ?? '').length)));
  const numeric = Array.from({ length: columns }, (_, c) =>
    rows.slice(1).every((row) => /^[-−]?[\d.,]*%?$/.test(row[c] ?? '')),
  );
  return rows
    .map((row) =>
      row
        .map((cell, c) => (numeric[c] ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
