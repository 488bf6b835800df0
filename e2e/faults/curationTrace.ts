/*
 * Reads what strace -f -ttt -yy says of the app's main process: for each action, whether the journal was on the disk
 * before a message left for the page.
 */

/** What strace is to record, with `-p` of the main process. Each fdatasync is held back, so that nothing overtakes it by luck. */
export const straceArgs = (pid: number, file: string, holdMs: number): string[] => [
  '-f',
  '-ttt',
  '-yy',
  ...['-e', 'trace=write,writev,pwrite64,fsync,fdatasync,sendmsg,sendto'],
  ...['-e', `inject=fdatasync:delay_enter=${holdMs * 1000}`],
  ...['-s', '16'],
  ...['-o', file],
  ...['-p', String(pid)],
];

/** When an action was asked for and its acknowledgement received, seconds since 1970, outside the app. */
export interface Action {
  readonly asked: number;
  readonly acknowledged: number;
}

interface Call {
  readonly thread: number;
  readonly name: string;
  /** First argument, as `63</data/.spikedesk/curation.jsonl>`. */
  readonly file: string;
  readonly start: number;
  end: number;
}

export interface Order {
  /** Actions whose acknowledgement left after their fdatasync had returned. */
  readonly inOrder: number;
  readonly problems: readonly string[];
}

/** `main`: thread id of the main process's first thread, where the messages to the page are written. */
export function orderIn(trace: string, actions: readonly Action[], main: number): Order {
  const calls = callsIn(trace);
  const ofJournal = calls.filter(({ file }) => file.includes('/.spikedesk/curation.jsonl>'));
  const sends = calls.filter(({ name, thread, file }) => thread === main && name.startsWith('send') && isSocket(file));
  const page = pageSocket(sends, ofJournal, actions);
  const problems = actions.flatMap(({ asked, acknowledged }, i) => {
    const wrong = (what: string) => [`action ${i + 1}: ${what}`];
    const within = ofJournal.filter(({ start, end }) => start >= asked && end <= acknowledged);
    const write = within.find(({ name }) => name.includes('write'));
    const sync = within.find(({ name, start }) => name.includes('sync') && write && start >= write.end);
    if (!write) return wrong('acknowledged before the journal was written');
    if (!sync) return wrong('acknowledged before an fdatasync after the write had returned');
    const own = sends.filter(({ file, start }) => file === page && start >= asked && start <= acknowledged);
    if (own.some(({ start }) => start >= write.start && start < sync.end))
      return wrong('a message left for the page between the write and the end of its fdatasync');
    return own.some(({ start }) => start >= sync.end) ? [] : wrong('no message to the page was seen');
  });
  return { inOrder: actions.length - problems.length, problems };
}

const isSocket = (file: string) => file.includes('<UNIX');

/** The socket on which something is sent after each fdatasync. */
function pageSocket(sends: readonly Call[], ofJournal: readonly Call[], actions: readonly Action[]): string {
  const syncs = ofJournal.filter(({ name }) => name.includes('sync'));
  const counts = new Map<string, number>();
  for (const { asked, acknowledged } of actions) {
    const sync = syncs.find(({ start, end }) => start >= asked && end <= acknowledged);
    const after = sends.filter(({ start }) => sync && start >= sync.end && start <= acknowledged);
    for (const file of new Set(after.map((send) => send.file))) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

const BEGUN = /^(\d+) +([\d.]+) (\w+)\((\d+<.*?>)[,) ]/;
const RESUMED = /^(\d+) +([\d.]+) <\.\.\. (\w+) resumed>/;

/** In the order they began. A call that another thread's line cut in two ends where it was resumed. */
function callsIn(trace: string): Call[] {
  const calls: Call[] = [];
  const unfinished = new Map<string, Call>();
  for (const line of trace.split('\n')) {
    const resumed = RESUMED.exec(line);
    const before = resumed && unfinished.get(`${resumed[1]} ${resumed[3]}`);
    if (before) before.end = Number(resumed[2]);
    const begun = BEGUN.exec(line);
    if (!begun) continue;
    const [, thread, start, name = '', file = ''] = begun;
    const call = { thread: Number(thread), name, file, start: Number(start), end: Number(start) };
    calls.push(call);
    if (!line.includes('<unfinished ...>')) continue;
    call.end = Number.POSITIVE_INFINITY;
    unfinished.set(`${thread} ${name}`, call);
  }
  return calls;
}
