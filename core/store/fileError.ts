import { UserError } from '../shared/errors.ts';

const WORDS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOENT: ['there is no such file or folder', 'Was it moved or renamed? Is the drive connected?'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Check the path.'],
  EISDIR: ['it is a folder, not a file', 'Choose a file.'],
  EACCES: ['access is denied', 'Check the permissions, or choose another place.'],
  EPERM: ['the operation is not permitted', 'Check the permissions, or choose another place.'],
  EROFS: ['the drive is read-only', 'Choose another place.'],
  ENOSPC: ['the disk is full', 'Free some space or choose another disk. Nothing half-written was left.'],
  EDQUOT: ['the disk quota is used up', 'Free some space or choose another disk. Nothing half-written was left.'],
  EFBIG: ['the file would be larger than allowed', 'Check the file size limit of the disk or the user.'],
  EMFILE: ['too many files are open', 'Close other programs, or raise the limit (ulimit -n).'],
  ENFILE: ['too many files are open', 'Close other programs.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter name.'],
  EEXIST: ['it exists already', 'Choose another name.'],
  ENOTEMPTY: ['the folder is not empty', 'Choose another name.'],
  EIO: ['the disk reported an error', 'Check the disk and its cable.'],
  ESTALE: ['the network drive is gone', 'Connect it again.'],
  ELOOP: ['its links go round in a circle', 'Check the links.'],
  EBUSY: ['it is in use', 'Close the program that uses it.'],
  ERR_INVALID_ARG_VALUE: ['the path holds a NUL character', 'Check the path.'],
};

/** A failure of the file system in words, naming the file; `doing` is "read", "write"… Other errors stay as they are. */
export function fileError(error: unknown, doing: string, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = WORDS[code];
  if (!words) return error;
  return new UserError(`cannot ${doing} ${path}: ${words[0]}`, { hint: words[1], path, cause: error });
}
