import { checkNames } from '../pipeline/checkNames.ts';
import { curationPlace } from '../pipeline/curationFile.ts';
import { initialUnitsOf } from '../pipeline/initialUnits.ts';
import { analyzerFolder, makePlan, sortingFolder } from '../pipeline/plan.ts';
import { parseSession, sessionText } from '../pipeline/sessionFile.ts';
import { readSorting } from '../pipeline/sortingOnDisk.ts';
import { folderOf, type Workspace } from '../pipeline/workspace.ts';
import type { SessionState } from '../shared/api.ts';
import type { Compute } from '../shared/compute.ts';
import type { InitialUnit } from '../shared/curatedUnits.ts';
import { type CurationEvent, curate, newUnitId, replay } from '../shared/curation.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { ChannelLayout } from '../shared/probe.ts';
import type { RecordingInfo, RecordingSpec } from '../shared/recording.ts';
import type { Session } from '../shared/session.ts';
import type { UnitId } from '../shared/sorting.ts';
import { hashJson } from '../store/hash.ts';
import { openJournal } from '../store/journal.ts';
import { makeLastingFolder } from '../store/lastingFolder.ts';
import { takeLock } from '../store/lock.ts';
import { writeFileAtomic } from '../store/writeFile.ts';
import { type Opened, toSessionState } from './opened.ts';
import { type Results, resultsAt } from './results.ts';

/** A merge whose new id the desk chooses. */
interface MergeOf {
  readonly type: 'merge';
  readonly unitIds: readonly UnitId[];
}

export interface DeskOptions {
  readonly compute: Compute;
  /** For what is the user's own: recents, demo, sessions of read-only recordings. */
  readonly dataFolder: string;
  /** Of Spikedesk. */
  readonly version: string;
}

/** Where the units come from while the session has not computed its own. */
export interface Borrowed {
  /** The units curation starts from. */
  readonly units: readonly InitialUnit[];
  readonly results: Results;
  /** Its folder, where it is an analyzer. */
  readonly analyzer?: string;
  /** What it tells of the recording, for when that cannot be read. */
  readonly info?: RecordingInfo;
  readonly layout?: ChannelLayout;
}

/** The one session that is open: its state, its locks, and who is told of changes. */
export class Desk {
  readonly options: DeskOptions;
  #opened: Opened | undefined;
  #borrowed: Borrowed | undefined;
  #version = 0;
  readonly #watchers = new Set<(state: SessionState) => void>();

  constructor(options: DeskOptions) {
    this.options = options;
  }

  get opened(): Opened {
    if (!this.#opened) throw new UserError('no session is open', { hint: 'Open a recording or a session first.' });
    return this.#opened;
  }

  get borrowed(): Borrowed | undefined {
    return this.#borrowed;
  }

  get isOpen(): boolean {
    return this.#opened !== undefined;
  }

  state(): SessionState {
    return toSessionState(this.opened, this.#version, this.#borrowed);
  }

  watch(onState: (state: SessionState) => void): () => void {
    this.#watchers.add(onState);
    return () => this.#watchers.delete(onState);
  }

  /** Tell all watchers. */
  publish(): SessionState {
    this.#version++;
    const state = this.state();
    for (const onState of this.#watchers) onState(state);
    return state;
  }

  /** Lay another session on the desk. Writes nothing. */
  async open(
    workspace: Workspace,
    more: { pending?: readonly string[]; saved?: boolean; notices?: readonly string[]; borrowed?: Borrowed },
  ): Promise<void> {
    await this.close();
    const { pending = [], saved = false, notices = [], borrowed } = more;
    this.#borrowed = borrowed;
    this.#opened = {
      workspace,
      plan: await makePlan(workspace, pending),
      pending,
      savedAt: saved ? new Date().toISOString() : undefined,
      editedAt: undefined,
      notices: [...this.#untold.splice(0), ...notices],
      lock: undefined,
      journal: undefined,
      curation: undefined,
      running: undefined,
      failure: undefined,
      results: undefined,
    };
    await this.refresh();
  }

  /** Read again what lies on the disk: after a run, an edit, a change of the session. */
  async refresh(): Promise<void> {
    const opened = this.opened;
    opened.plan = await makePlan(opened.workspace, opened.pending);
    const { analyzer } = opened.plan;
    opened.results = analyzer
      ? resultsAt({ kind: 'analyzer', folder: analyzerFolder(opened.workspace) }, this.options.compute)
      : this.#borrowed?.results;
    await this.#readCuration();
  }

  /** The curation that belongs to the sorting there is now. */
  async #readCuration(): Promise<void> {
    const opened = this.opened;
    const place = await curationPlace(opened.workspace, opened.plan.sorting);
    if (!place || !(opened.plan.sorting || this.#borrowed)) {
      await opened.journal?.close();
      opened.journal = undefined;
      opened.curation = undefined;
      return;
    }
    const key = JSON.stringify(place);
    if (opened.journal && this.#curationKey === key) return;
    await opened.journal?.close();
    this.#curationKey = key;
    opened.journal = await openJournal(place.folder, {
      base: place.base,
      elsewhere: folderOf(opened.workspace),
      otherBase: 'setAside',
    });
    this.note(...opened.journal.warnings);
    opened.curation = replay(await this.#initialUnits(), opened.journal.events);
  }

  async #initialUnits(): Promise<readonly InitialUnit[]> {
    const { plan, workspace } = this.opened;
    if (plan.sorting) return initialUnitsOf(await readSorting(sortingFolder(workspace)));
    if (!this.#borrowed) throw new Error('there is a sorting where there is a curation');
    return this.#borrowed.units;
  }
  #curationKey = '';

  /**
   * Append one event to the curation log; it is on the disk when this returns. Events asked for at once are taken one
   * after another, each on the units the one before made.
   */
  curate(event: CurationEvent | MergeOf): Promise<SessionState> {
    const done = this.#lastEdit.then(() => this.#curate(event));
    this.#lastEdit = done.catch(() => undefined);
    return done;
  }
  #lastEdit: Promise<unknown> = Promise.resolve();

  async #curate(event: CurationEvent | MergeOf): Promise<SessionState> {
    const opened = this.opened;
    const { curation, journal } = opened;
    if (!curation || !journal)
      throw new UserError('there are no units to curate yet', { hint: 'Run the stations up to Sort first.' });
    const whole = event.type === 'merge' && !('into' in event) ? { ...event, into: newUnitId(curation) } : event;
    const next = curate(curation, whole);
    await this.lock();
    await journal.append(whole);
    opened.editedAt = new Date().toISOString();
    if (opened.journal === journal) opened.curation = next; // else it was read again, of another sorting
    opened.plan = await makePlan(opened.workspace, opened.pending);
    return this.publish();
  }

  /** Replace parts of session.json. Nothing changes if they are wrong. */
  async edit(parts: Partial<Session>): Promise<SessionState> {
    const opened = this.opened;
    if (opened.running)
      throw new UserError('the session is running', { hint: 'Cancel, or wait for its end, then change it.' });
    const session = parseSession({ ...opened.workspace.session, ...parts }, opened.workspace.file);
    checkNames(session);
    opened.workspace = { ...opened.workspace, session };
    opened.failure = undefined;
    if (parts.recording) opened.pending = [];
    if (opened.savedAt !== undefined) await this.save();
    await this.refresh();
    return this.publish();
  }

  /** Write session.json, making its folder if need be. */
  async save(): Promise<void> {
    const opened = this.opened;
    makeLastingFolder(folderOf(opened.workspace));
    await this.lock();
    await writeFileAtomic(opened.workspace.file, sessionText(opened.workspace.session));
    opened.savedAt = new Date().toISOString();
  }

  /** Become the one writer of this session, until it is closed. */
  async lock(): Promise<void> {
    const opened = this.opened;
    opened.lock ??= await takeLock(folderOf(opened.workspace));
  }

  /** `spec` with what its steps learn from the data, kept for the next look at it. */
  fitted(spec: RecordingSpec, signal: AbortSignal): Promise<RecordingSpec> {
    const key = hashJson(spec as unknown as Json);
    if (this.#fitted?.key !== key) {
      const learnt = this.options.compute.run<{ spec: RecordingSpec }, never, RecordingSpec>(
        'fitSpec',
        { spec },
        { signal, queue: 'visible' },
      );
      learnt.catch(() => {
        this.#fitted = undefined;
      });
      this.#fitted = { key, spec: learnt };
    }
    return this.#fitted.spec;
  }
  #fitted: { readonly key: string; readonly spec: Promise<RecordingSpec> } | undefined;

  note(...notices: readonly string[]): void {
    const opened = this.opened;
    opened.notices = [...opened.notices, ...notices.filter((notice) => !opened.notices.includes(notice))];
  }

  /** A notice of no session: shown with the one that is open, else with the next. */
  tell(notice: string): void {
    if (!this.isOpen) return void this.#untold.push(notice);
    this.note(notice);
    this.publish();
  }
  readonly #untold: string[] = [];

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    this.#borrowed = undefined;
    this.#curationKey = '';
    await opened?.journal?.close();
    await opened?.lock?.release();
  }
}
