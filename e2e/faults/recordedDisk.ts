import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** What happened to the files below a folder, in order. Handles stand for what was opened: a file or a folder. */
export type DiskOp =
  | { readonly op: 'open'; readonly path: string; readonly handle: number; readonly isNew: boolean }
  | { readonly op: 'write'; readonly handle: number; readonly at: number; readonly base64: string }
  | { readonly op: 'truncate'; readonly handle: number; readonly length: number }
  | { readonly op: 'sync'; readonly handle: number }
  | { readonly op: 'mkdir'; readonly path: string }
  | { readonly op: 'rename' | 'link'; readonly path: string; readonly to: string }
  | { readonly op: 'remove'; readonly path: string }
  /** The program was told that something is done: it must be there after a power cut from now on. */
  | { readonly op: 'ack'; readonly value: number };

/** Which calls act but are left out of the record, to see whether the model misses them. */
export type Blindness = 'none' | 'file sync' | 'folder sync';

type Call = (...args: unknown[]) => unknown;

/*
 * Node's fs functions are wrapped in this process, so the program under test runs unchanged and really writes. Calls
 * that change files in a way not known here throw: a new one must be added before it is trusted.
 */
export function recordDisk(root: string, blindness: Blindness, tell: (op: DiskOp) => void): void {
  const opened = new Map<number, { readonly handle: number; readonly isFolder: boolean }>();
  const inside = (path: unknown) => typeof path === 'string' && resolve(path).startsWith(root);
  const { existsSync, fstatSync, readdirSync } = fs;
  let lastHandle = 0;

  const wrap = (name: string, around: (call: Call, args: unknown[]) => unknown) => {
    for (const target of [fs, fs.promises]) {
      const method = target === fs ? `${name}Sync` : name;
      const original: unknown = Reflect.get(target, method);
      if (typeof original !== 'function') continue;
      const wrapped: Call = (...args) => around((...given) => Reflect.apply(original, target, given), args);
      Reflect.set(target, method, target === fs ? wrapped : async (...args: unknown[]) => wrapped(...args));
    }
  };
  /** Once `result` is there, whether now or later. */
  const then = <T>(result: unknown, use: (value: unknown) => T): unknown =>
    result instanceof Promise ? result.then(use) : use(result);
  const recorded = (name: string, ops: (args: unknown[]) => readonly DiskOp[]) =>
    wrap(name, (call, args) => {
      if (!inside(args[0])) return call(...args);
      const happened = ops(args);
      return then(call(...args), (value) => {
        happened.forEach(tell);
        return value;
      });
    });

  const begin = (fd: number, path: string, isNew: boolean, isCut: boolean) => {
    const handle = ++lastHandle;
    opened.set(fd, { handle, isFolder: fstatSync(fd).isDirectory() });
    tell({ op: 'open', path: resolve(path), handle, isNew });
    if (isCut && !isNew) tell({ op: 'truncate', handle, length: 0 });
  };
  const write = (fd: number, bytes: Buffer, at: number) => {
    const { handle } = opened.get(fd)!;
    tell({ op: 'write', handle, at, base64: bytes.toString('base64') });
  };
  const sync = (fd: number) => {
    const file = opened.get(fd);
    if (file && blindness !== (file.isFolder ? 'folder sync' : 'file sync')) tell({ op: 'sync', handle: file.handle });
  };

  wrap('open', (call, args) => {
    const [path, flags] = [args[0], args[1] ?? 'r'];
    if (!inside(path)) return call(...args);
    const isNew = !existsSync(String(path));
    return then(call(...args), (result) => {
      const fd = typeof result === 'number' ? result : Number(Reflect.get(Object(result), 'fd'));
      begin(fd, String(path), isNew, String(flags).startsWith('w'));
      if (typeof result !== 'number') wrapHandle(Object(result), fd);
      return result;
    });
  });

  /** A FileHandle of node:fs/promises. */
  const wrapHandle = (handle: object, fd: number) => {
    const method = (name: string, around: (call: Call, args: unknown[]) => unknown) => {
      const original = Reflect.get(handle, name);
      const call: Call = (...args) => Reflect.apply(original, handle, args);
      Reflect.set(handle, name, (...args: unknown[]) => around(call, args));
    };
    for (const name of ['appendFile', 'writeFile'])
      method(name, (call, args) => {
        const [at, bytes] = [fstatSync(fd).size, bytesOf(args[0])];
        return then(call(...args), () => write(fd, bytes, at));
      });
    for (const name of ['sync', 'datasync']) method(name, (call, args) => then(call(...args), () => sync(fd)));
    method('truncate', (call, args) =>
      then(call(...args), () => tell({ op: 'truncate', handle: opened.get(fd)!.handle, length: Number(args[0] ?? 0) })),
    );
    for (const name of ['write', 'writev', 'createWriteStream']) method(name, () => unknownCall(`FileHandle.${name}`));
  };

  wrap('write', (call, args) => {
    const [fd, data, offset, , position] = args;
    if (typeof fd !== 'number' || !opened.has(fd) || !(data instanceof Uint8Array)) return call(...args);
    const at = typeof position === 'number' ? position : fstatSync(fd).size; // all our writers append or say where
    const from = Number(offset ?? 0);
    return then(call(...args), (count) => {
      write(fd, Buffer.from(data.subarray(from, from + Number(count))), at);
      return count;
    });
  });
  for (const name of ['fsync', 'fdatasync'])
    wrap(name, (call, args) => then(call(...args), () => sync(Number(args[0]))));
  wrap('ftruncate', (call, args) => {
    const file = opened.get(Number(args[0]));
    return then(
      call(...args),
      () => file && tell({ op: 'truncate', handle: file.handle, length: Number(args[1] ?? 0) }),
    );
  });

  wrap('writeFile', (call, args) => {
    const [path, data, options] = args;
    if (!inside(path)) return call(...args);
    const flag = typeof options === 'object' && options !== null ? (Reflect.get(options, 'flag') ?? 'w') : 'w';
    const [bytes, isNew] = [bytesOf(data), !existsSync(String(path))];
    return then(call(...args), () => {
      const handle = ++lastHandle;
      tell({ op: 'open', path: resolve(String(path)), handle, isNew });
      if (!isNew && String(flag).startsWith('w')) tell({ op: 'truncate', handle, length: 0 });
      tell({ op: 'write', handle, at: 0, base64: bytes.toString('base64') });
    });
  });

  recorded('mkdir', ([path, options]) => {
    const missing: DiskOp[] = [];
    const isDeep = typeof options === 'object' && options !== null && Reflect.get(options, 'recursive') === true;
    for (let at = resolve(String(path)); !existsSync(at); at = dirname(at)) {
      missing.unshift({ op: 'mkdir', path: at });
      if (!isDeep) break;
    }
    return missing;
  });
  for (const op of ['rename', 'link'] as const)
    recorded(op, ([path, to]) => [{ op, path: resolve(String(path)), to: resolve(String(to)) }]);
  for (const name of ['unlink', 'rmdir']) recorded(name, ([path]) => [{ op: 'remove', path: resolve(String(path)) }]);
  // Node's own would come back to the wrapped calls on some versions only.
  wrap('rm', (call, args) => (inside(args[0]) ? removeAll(String(args[0])) : call(...args)));
  const removeAll = (path: string): void => {
    if (!existsSync(path)) return;
    const isFolder = fs.lstatSync(path).isDirectory();
    if (isFolder) for (const name of readdirSync(path)) removeAll(join(path, name));
    if (isFolder) fs.rmdirSync(path);
    else fs.unlinkSync(path);
  };

  const unknownCall = (name: string) => {
    throw new Error(`the recorded disk does not know fs.${name}`);
  };
  for (const name of ['appendFile', 'copyFile', 'cp', 'symlink', 'truncate', 'mkdtemp', 'writev'])
    wrap(name, (call, args) => (inside(args[0]) || opened.has(Number(args[0])) ? unknownCall(name) : call(...args)));
  syncBuiltinESMExports();
}

function bytesOf(data: unknown): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof Uint8Array) return Buffer.from(data);
  throw new Error('the recorded disk knows text and bytes only');
}
