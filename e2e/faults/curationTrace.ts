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
  ...['-s', '64'],
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
  /** The socket, and to which of the many message ports that share it the bytes go. */
  readonly port: string;
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
  const port = answeringPort(sends, actions);
  const problems = actions.flatMap((action, i) => {
    const wrong = (what: string) => [`action ${i + 1}: ${what}`];
    const { write, sync } = written(ofJournal, action);
    if (!write) return wrong('acknowledged before the journal was written');
    if (!sync) return wrong('acknowledged before an fdatasync after the write had returned');
    const own = sends.filter((send) => send.port === port && within(send, action));
    if (own.some(({ start }) => start < sync.end)) return wrong('its answer left before its fdatasync had returned');
    return own.length > 0 ? [] : wrong('no answer was seen');
  });
  return { inOrder: actions.length - problems.length, problems };
}

const isSocket = (file: string) => file.includes('<UNIX');
const within = ({ start }: Call, { asked, acknowledged }: Action) => start >= asked && start <= acknowledged;

function written(ofJournal: readonly Call[], action: Action): { readonly write?: Call; readonly sync?: Call } {
  const ended = ofJournal.filter((call) => within(call, action) && call.end <= action.acknowledged);
  const write = ended.find(({ name }) => name.includes('write'));
  const sync = ended.find(({ name, start }) => name.includes('sync') && write && start >= write.end);
  return { ...(write && { write }), ...(sync && { sync }) };
}

/** Of the ports to which something is sent during each action the most silent: others are told of more than answers. */
function answeringPort(sends: readonly Call[], actions: readonly Action[]): string | undefined {
  const count = (port: string) => sends.filter((send) => send.port === port).length;
  return [...new Set(sends.map(({ port }) => port))]
    .filter((port) => actions.every((action) => sends.some((send) => send.port === port && within(send, action))))
    .sort((a, b) => count(a) - count(b))[0];
}

const BEGUN = /^(\d+) +([\d.]+) (\w+)\((\d+<(?:->|[^>])*>)(?:, "((?:\\.|[^"\\])*)")?/;
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
    const [, thread, start, name = '', file = '', bytes = ''] = begun;
    const port = `${file} ${addressIn(bytes)}`;
    const call = { thread: Number(thread), name, file, port, start: Number(start), end: Number(start) };
    calls.push(call);
    if (!line.includes('<unfinished ...>')) continue;
    call.end = Number.POSITIVE_INFINITY;
    unfinished.set(`${thread} ${name}`, call);
  }
  return calls;
}

/** Chromium's message header names the receiving port in its bytes 48 to 55. */
function addressIn(bytes: string): string {
  const each = bytes.match(/\\[0-7]{1,3}|\\.|./g) ?? [];
  return each.slice(48, 56).join('');
}
