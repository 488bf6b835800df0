import { rename } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { type CurationEvent, curationEventSchema } from '../shared/curation.ts';
import { UserError } from '../shared/errors.ts';
import { type AppendOnlyFile, openAppendOnly } from './appendOnly.ts';
import { fileError } from './fileError.ts';
import { encodeLine, type Lines, readLines } from './journalLine.ts';
import { findJournal, journalPath, readJournal } from './journalPlace.ts';
import { makeLastingFolder } from './lastingFolder.ts';
import { acquireLock, type Lock } from './lock.ts';
import { keepTorn } from './torn.ts';
import { syncFolder, writeFileAtomic } from './writeFile.ts';

export interface JournalOptions {
  /** Fingerprint of the sorting that is curated. */
  readonly base: string;
  /** Who edits; left out: the user of this account. */
  readonly user?: string;
  /** Folder for the journal if `folder` cannot be written to (told in warnings). */
  readonly elsewhere?: string;
  /** A journal of another base is refused, or renamed at the first edit (`curation-HASH.jsonl`). */
  readonly otherBase?: 'refuse' | 'setAside';
}

/**
 * The curation log of a folder, `.spikedesk/curation.jsonl`: only ever appended to. Opening makes nothing; the folder,
 * the file and the lock come with the first edit.
 */
export interface Journal {
  readonly path: string;
  /** Acknowledged events, oldest first; grows with append. */
  readonly events: readonly CurationEvent[];
  /** What the user must be told about the opening. */
  readonly warnings: readonly string[];
  /** Why nothing more is accepted: the disk failed to keep what it was given, or the file was changed under us. */
  readonly unsafe: string | undefined;
  /** Resolves when the event is on the disk; appends run one after another. If it rejects, the log is as before. */
  append(event: CurationEvent): Promise<void>;
  /** Write all acknowledged events to another folder and go on there; this journal is closed. */
  saveTo(folder: string): Promise<Journal>;
  close(): Promise<void>;
}

/** UserError if the journal is of another sorting or of a newer version, or cannot be read. */
export async function openJournal(folder: string, options: JournalOptions): Promise<Journal> {
  const { path, there, bytes = Buffer.alloc(0) } = await findJournal(folder, options.elsewhere);
  const lines = readLines(bytes, options.base);
  if (lines.otherBase !== undefined && options.otherBase !== 'setAside')
    throw new UserError(`the curation in ${path} was made on another sorting`, {
      path,
      hint: 'Open the sorting it was made on, or move this file away to begin anew.',
    });
  const journal = new FileJournal(path, options, bytes, lines, there);
  if (path !== journalPath(folder)) journal.warnings.push(`${folder} is read-only: the curation is kept in ${path}`);
  if (lines.otherBase !== undefined)
    journal.warnings.push(`${path} is the curation of other units: it is set aside when you begin to curate these`);
  await journal.cutDamage();
  return journal;
}

class FileJournal implements Journal {
  readonly path: string;
  readonly events: CurationEvent[];
  readonly warnings: string[] = [];
  readonly #options: JournalOptions;
  /** Acknowledged lines, from memory: after a failed sync the system's copy of the file proves nothing. */
  readonly #lines: Uint8Array[];
  #prev: string;
  /** The file as it was read; undefined: there was none. */
  #found: Buffer | undefined;
  #damage: string | undefined;
  #otherBase: string | undefined;
  #file: AppendOnlyFile | undefined;
  #lock: Lock | undefined;
  #last: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(path: string, options: JournalOptions, bytes: Buffer, lines: Lines, found: Buffer | undefined) {
    this.path = path;
    this.events = [...lines.events];
    this.#options = options;
    this.#lines = [bytes.subarray(0, lines.length)];
    this.#prev = lines.prev;
    this.#found = found;
    this.#damage = lines.damage;
    this.#otherBase = lines.otherBase;
  }

  get unsafe(): string | undefined {
    return this.#file?.failure;
  }

  append(event: CurationEvent): Promise<void> {
    if (this.#closed) return Promise.reject(new UserError('the curation was closed', { path: this.path }));
    const done = this.#last.then(() => this.#append(event));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #append(event: CurationEvent): Promise<void> {
    const checked = curationEventSchema.safeParse(event);
    if (!checked.success) throw new UserError(`not an edit: ${checked.error.issues[0]?.message}`);
    const file = this.#file ?? (await this.#begin());
    const user = this.#options.user ?? userName();
    const line = { seq: this.events.length + 1, time: new Date().toISOString(), user, event: checked.data };
    const { bytes, prev } = encodeLine(line, this.#prev);
    await file.append(bytes);
    this.#lines.push(bytes);
    this.#prev = prev;
    this.events.push(checked.data);
  }

  /** Become the writer: lock, see that the file is still as it was read, set aside what is not ours, open to append. */
  async #begin(): Promise<AppendOnlyFile> {
    const folder = dirname(this.path);
    const whole = Buffer.concat(this.#lines);
    try {
      makeLastingFolder(folder);
      this.#lock = await acquireLock(join(folder, 'curation.lock'), `the curation in ${folder}`);
      await this.#checkAsFound();
      if (this.#otherBase !== undefined) await this.#setAside(this.#otherBase);
      if (this.#found === undefined) await writeFileAtomic(this.path, whole);
      else if (this.#damage !== undefined) await keepTorn(this.path, whole.length);
      this.#damage = undefined;
      this.#found = whole;
      this.#file = await openAppendOnly(this.path, whole.length);
      return this.#file;
    } catch (error) {
      await this.#lock?.release().catch(() => undefined);
      this.#lock = undefined;
      throw fileError(error, 'write', this.path);
    }
  }

  async #checkAsFound(): Promise<void> {
    const now = await readJournal(this.path);
    if (now === undefined ? this.#found === undefined : this.#found?.equals(now)) return;
    throw new UserError('the curation was changed by another Spikedesk since it was opened here', {
      path: this.path,
      hint: 'Close the session and open it again to see it as it is now.',
    });
  }

  async #setAside(otherBase: string): Promise<void> {
    await rename(this.path, join(dirname(this.path), `curation-${otherBase.slice(0, 8)}-${Date.now()}.jsonl`));
    syncFolder(dirname(this.path));
    this.#found = undefined;
    this.#otherBase = undefined;
  }

  /** At open: a damaged tail is cut off and kept beside, if this process may. */
  async cutDamage(): Promise<void> {
    if (this.#damage === undefined) return;
    const what = `${this.path}: ${this.#damage}; the ${this.events.length} edits before it are whole`;
    try {
      if (this.#found !== undefined) await this.#begin();
      this.warnings.push(`${what}. The rest ${this.#found ? 'was kept beside it as .torn' : 'is left out'}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.warnings.push(`${what}. The rest is left out (it could not be set aside: ${error.message})`);
    }
  }

  async saveTo(folder: string): Promise<Journal> {
    await this.#last;
    const path = journalPath(folder);
    if ((await readJournal(path)) !== undefined)
      throw new UserError(`${path} exists already`, { path, hint: 'Choose another folder.' });
    const bytes = Buffer.concat(this.#lines);
    const next = new FileJournal(path, this.#options, bytes, readLines(bytes, this.#options.base), undefined);
    await next.#begin();
    await this.close().catch(() => undefined); // a failed disk may fail at this too; nothing is lost by it
    return next;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    const [file, lock] = [this.#file, this.#lock];
    this.#file = undefined;
    this.#lock = undefined;
    try {
      await file?.close();
    } finally {
      await lock?.release();
    }
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return ''; // an account without a name, as in some containers
  }
}
