import { type Station, stations } from '../../core/shared/session.ts';
import { z } from '../../core/shared/zod.ts';
import { arrangementSchema } from '../dock/arrangement.ts';
import { useFocus } from './focus.ts';
import { useLayout } from './layout.ts';
import { useLayouts } from './layouts.ts';
import { panelValues } from './panels.ts';
import { useSelection } from './selection.ts';
import { useSession } from './session.ts';
import { tablesSchema, useTables } from './tables.ts';

/*
 * What lives in the page only, kept beside it: after a reload, or after the page's process has crashed, the window is as
 * it was. Core has the session itself, and with it what can be undone.
 */

/** A part of the page's state as plain data. */
interface Part {
  readonly name: string;
  read(): string;
  /** What has another shape is passed over. */
  restore(text: string): void;
  /** Calls `changed` after every change; `now`: not to be lost with the next moment. */
  watch(changed: (now?: boolean) => void): void;
}

function part<T>(
  name: string,
  schema: z.ZodType<T>,
  read: () => T,
  write: (value: T) => void,
  watch: Part['watch'],
): Part {
  return {
    name,
    read: () => JSON.stringify(read()),
    restore(text) {
      const parsed = schema.safeParse(JSON.parse(text));
      if (parsed.success) write(parsed.data);
    },
    watch,
  };
}

const unitIds = z.array(z.union([z.number(), z.string()])).readonly();
const chosen = z.object({ unitIds, similar: unitIds });
const around = z.array(z.object({ before: chosen, after: chosen })).readonly();
const selectionSchema = chosen.extend({
  anchor: z.union([z.number(), z.string()]).optional(),
  done: around,
  undone: around,
  /** Of the curation's log when this was so: of edits made since, no selection is known. */
  events: z.number().optional(),
});

/** Undoing more edits than this after a reload leaves the selection as it is. */
const STEPS = 500;
const events = () => useSession.getState().session?.curation?.events;

const selection = part(
  'selection',
  selectionSchema,
  () => {
    const { unitIds, similar, anchor, done, undone } = useSelection.getState();
    return { unitIds, similar, anchor, done: done.slice(-STEPS), undone: undone.slice(-STEPS), events: events() };
  },
  ({ events: then, done, undone, anchor, ...chosen }) =>
    useSelection.setState({ ...chosen, anchor, ...(then === events() && { done, undone }) }),
  (changed) => {
    useSelection.subscribe((now, before) => changed(now.done !== before.done || now.undone !== before.undone));
    useSession.subscribe(() => changed());
  },
);

const page = part(
  'page',
  z.object({ page: z.enum(stations), focused: z.boolean() }),
  () => {
    const { page, focused } = useLayout.getState();
    return { page, focused };
  },
  (value) => useLayout.setState(value),
  (changed) => useLayout.subscribe(() => changed()),
);

const moment = z.object({ segment: z.number(), frame: z.number() });
const focus = part(
  'focus',
  z.object({ time: moment.optional(), channel: z.number().optional() }),
  () => useFocus.getState().focus,
  ({ time, channel }) =>
    useFocus.setState({ focus: { ...(time && { time }), ...(channel !== undefined && { channel }) } }),
  (changed) => useFocus.subscribe(() => changed()),
);

const panels = part(
  'panels',
  z.record(z.string(), z.object({ view: z.string(), options: z.json() })),
  () => JSON.parse(JSON.stringify(panelValues.getState())),
  (values) => panelValues.setState(values, true),
  (changed) => panelValues.subscribe(() => changed()),
);

const tables = part(
  'tables',
  tablesSchema,
  () => useTables.getState(),
  (value) => useTables.setState(value),
  (changed) => useTables.subscribe(() => changed()),
);

const arrangements = part(
  'arrangements',
  z.partialRecord(z.enum(stations), arrangementSchema),
  () => useLayouts.getState().stations,
  (value: Readonly<Partial<Record<Station, z.output<typeof arrangementSchema>>>>) =>
    useLayouts.setState({ stations: value }),
  (changed) => useLayouts.subscribe(() => changed()),
);

/** To add one: its part, and a place here. */
const PARTS: readonly Part[] = [page, selection, focus, panels, tables, arrangements];
/** A crash tells nobody: what changed is kept at the latest after this long, ms. */
const DELAY = 100;

const keyOf = ({ name }: Part) => `spikedesk.${name}`;
const keptSchema = z.object({ folder: z.string(), text: z.string() });

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Brings back how the page looked on the session that is open, if this window showed it before; then keeps it. Gives
 * what keeps the last changes at once: for when the page goes.
 */
export function remember(store: Store = sessionStorage): () => void {
  const folder = useSession.getState().session?.folder;
  for (const part of PARTS) {
    const kept = store.getItem(keyOf(part));
    const parsed = kept === null ? undefined : keptSchema.safeParse(JSON.parse(kept)).data;
    if (parsed && parsed.folder === folder) part.restore(parsed.text);
  }
  const writers = PARTS.map((part) => keep(part, store));
  return () => {
    for (const write of writers) write();
  };
}

/** Gives the function that writes at once what has changed. */
function keep(part: Part, store: Store): () => void {
  let written = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const folder = useSession.getState().session?.folder;
    if (folder === undefined) return;
    const kept = JSON.stringify({ folder, text: part.read() });
    if (kept === written) return;
    written = kept;
    try {
      store.setItem(keyOf(part), kept);
    } catch {
      store.removeItem(keyOf(part)); // too large for the store: the next page starts without it
    }
  };
  part.watch((now = false) => {
    if (now) write();
    else timer ??= setTimeout(write, DELAY);
  });
  return write;
}
