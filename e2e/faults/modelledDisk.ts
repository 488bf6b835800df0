import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Random } from '../../core/shared/random.ts';
import type { DiskOp } from './recordedDisk.ts';

/** A power cut tears a write at these borders, bytes. */
const SECTOR = 512;
const LONG_AGO = new Date('2026-01-01');

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number };

interface File {
  readonly kind: 'file';
  /** As of the last sync. */
  durable: Buffer;
  /** As the running program sees it. */
  live: Buffer;
  /** Since the last sync, oldest first. */
  pending: Change[];
}

interface Folder {
  readonly kind: 'folder';
  durable: Map<string, Node>;
  live: Map<string, Node>;
  /** Since the last sync; each entry happens whole or not at all. */
  pending: (readonly (readonly [name: string, node: Node | undefined])[])[];
}

type Node = File | Folder;

const emptyFile = (): File => ({ kind: 'file', durable: Buffer.alloc(0), live: Buffer.alloc(0), pending: [] });
const emptyFolder = (): Folder => ({ kind: 'folder', durable: new Map(), live: new Map(), pending: [] });

/**
 * What a disk may hold after a power cut, by POSIX: what was synced is there; of writes since the last sync of the
 * file any sectors may be missing or zero; of names made, moved or removed since the last sync of their folder any may
 * not have happened. (Names mostly go in order, as journalling file systems do it.)
 */
export class ModelledDisk {
  readonly #root: Folder = emptyFolder();
  readonly #rootPath: string;
  readonly #handles = new Map<number, Node>();

  constructor(rootPath: string) {
    this.#rootPath = rootPath;
  }

  do(op: DiskOp): void {
    if (op.op === 'open') {
      if (op.isNew) this.#name([[op.path, emptyFile()]]);
      const node = this.#find(op.path);
      if (node) this.#handles.set(op.handle, node);
    } else if (op.op === 'write') change(this.#file(op.handle), { at: op.at, bytes: Buffer.from(op.base64, 'base64') });
    else if (op.op === 'truncate') change(this.#file(op.handle), { length: op.length });
    else if (op.op === 'sync') sync(this.#handles.get(op.handle)!);
    else if (op.op === 'mkdir') this.#name([[op.path, emptyFolder()]]);
    else if (op.op === 'remove') this.#name([[op.path, undefined]]);
    else if (op.op === 'link') this.#name([[op.to, this.#find(op.path)]]);
    else if (op.op === 'rename')
      this.#name([
        [op.path, undefined],
        [op.to, this.#find(op.path)],
      ]);
  }

  #file(handle: number): File {
    const node = this.#handles.get(handle);
    if (node?.kind !== 'file') throw new Error(`handle ${handle} is no file`);
    return node;
  }

  #parts(path: string): string[] {
    return relative(this.#rootPath, path).split(sep).filter(Boolean);
  }

  #find(path: string): Node | undefined {
    let node: Node | undefined = this.#root;
    for (const part of this.#parts(path)) node = node?.kind === 'folder' ? node.live.get(part) : undefined;
    return node;
  }

  /** Entries of one folder that change together. */
  #name(entries: readonly (readonly [path: string, node: Node | undefined])[]): void {
    const folders = new Set(entries.map(([path]) => this.#find(join(path, '..'))));
    const [folder] = folders;
    if (folders.size !== 1 || folder?.kind !== 'folder')
      throw new Error(`not modelled: ${entries.map(([path]) => path)}`);
    const named = entries.map(([path, node]) => [this.#parts(path).at(-1)!, node] as const);
    enter(folder.live, named);
    folder.pending.push(named);
  }

  /** Writes one possible disk to a new folder `to`. */
  afterPowerCut(to: string, random: Random): void {
    writeNode(this.#root, to, random);
  }
}

function change(file: File, change: Change): void {
  file.live = changed(file.live, change);
  file.pending.push(change);
}

function changed(bytes: Buffer, change: Change): Buffer {
  const length = 'length' in change ? change.length : Math.max(bytes.length, change.at + change.bytes.length);
  const result = Buffer.alloc(length);
  bytes.copy(result);
  if ('bytes' in change) change.bytes.copy(result, change.at);
  return result;
}

function enter(names: Map<string, Node>, entries: Folder['pending'][number]): void {
  for (const [name, node] of entries) {
    if (node) names.set(name, node);
    else names.delete(name);
  }
}

function sync(node: Node): void {
  if (node.kind === 'file') node.durable = node.live;
  else node.durable = new Map(node.live);
  node.pending.length = 0;
}

function writeNode(node: Node, path: string, random: Random): void {
  if (node.kind === 'file') {
    writeFileSync(path, possibleBytes(node, random));
    utimesSync(path, LONG_AGO, LONG_AGO); // starting a machine again takes a while
  } else {
    mkdirSync(path);
    for (const [name, child] of possibleNames(node, random)) writeNode(child, join(path, name), random);
  }
}

function possibleNames(folder: Folder, random: Random): Map<string, Node> {
  const names = new Map(folder.durable);
  const inOrder = random.integer(3) > 0;
  const many = random.integer(folder.pending.length + 1);
  folder.pending.forEach((entries, i) => {
    if (inOrder ? i < many : random.integer(2) === 0) enter(names, entries);
  });
  return names;
}

function possibleBytes(file: File, random: Random): Buffer {
  let bytes = file.durable;
  const mode = random.integer(4); // nothing, all, the first so many, any sectors
  const many = random.integer(file.pending.length + 1);
  file.pending.forEach((change, i) => {
    if (mode === 1 || (mode === 2 && i < many)) bytes = changed(bytes, change);
    else if (mode === 3) for (const part of torn(change)) if (random.integer(2) === 0) bytes = changed(bytes, part);
  });
  // The length may be on the disk before the data is.
  const longer = file.live.length > bytes.length && random.integer(4) === 0;
  return longer ? changed(bytes, { length: file.live.length }) : bytes;
}

function torn(change: Change): Change[] {
  if (!('bytes' in change)) return [change];
  const parts: Change[] = [];
  for (let from = 0; from < change.bytes.length; ) {
    const to = Math.min(change.bytes.length, from + SECTOR - ((change.at + from) % SECTOR));
    parts.push({ at: change.at + from, bytes: change.bytes.subarray(from, to) });
    from = to;
  }
  return parts;
}
