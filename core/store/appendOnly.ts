import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '../shared/errors.ts';
import { fileError } from './fileError.ts';

/** A file that only grows, each piece on the disk before it counts. The caller holds its lock. */
export class AppendOnlyFile {
  readonly path: string;
  readonly #file: FileHandle;
  #length: number;
  #failure: string | undefined;

  /** `length`: what the file must hold now. */
  constructor(path: string, file: FileHandle, length: number) {
    this.path = path;
    this.#file = file;
    this.#length = length;
  }

  /** Why nothing can be appended any more. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Resolves when the bytes are on the disk. If it rejects, the file is as before or `failure` is set for good. */
  async append(bytes: Uint8Array): Promise<void> {
    await this.#checkUnchanged();
    try {
      await this.#file.appendFile(bytes);
    } catch (error) {
      // Cut off what the failed write left.
      await this.#file.truncate(this.#length).catch((cause: unknown) => this.#fail('the disk failed', cause));
      throw fileError(error, 'write', this.path);
    }
    // Never twice: after a failed sync a second one can succeed without the data being there.
    await this.#file
      .datasync()
      .catch((cause: unknown) => this.#fail('the disk failed to keep what was written', cause));
    this.#length += bytes.length;
  }

  async #checkUnchanged(): Promise<void> {
    if (this.#failure !== undefined) this.#fail(this.#failure);
    const { size, nlink } = await this.#file.stat().catch((error: unknown) => {
      throw fileError(error, 'write', this.path);
    });
    if (size !== this.#length) this.#fail('another program changed it');
    if (nlink === 0) this.#fail('another program deleted it');
  }

  #fail(why: string, cause?: unknown): never {
    this.#failure = why;
    throw new UserError(`cannot write ${this.path} any more: ${why}`, {
      path: this.path,
      hint: 'All edits acknowledged before are still known: save the curation in another place.',
      cause,
    });
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

export async function openAppendOnly(path: string, length: number): Promise<AppendOnlyFile> {
  return new AppendOnlyFile(path, await open(path, 'a'), length);
}
