import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { MAX_PICTURE_BYTES, type SavedPicture } from '../core/shared/desktop.ts';
import { UserError } from '../core/shared/errors.ts';
import { z } from '../core/shared/zod.ts';
import { writeFileAtomic } from '../core/store/writeFile.ts';
import { pictureKind, withEnding } from './picturePath.ts';

export const pictureShape = z.strictObject({
  name: z.string().refine((name) => pictureKind(name) !== undefined, 'no name of a picture'),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_PICTURE_BYTES, 'too large'),
}) satisfies z.ZodType<SavedPicture>;

/** Where the picture went; undefined when the user cancelled, or was told that it could not be written. */
export async function savePicture({ name, bytes }: SavedPicture, window: BrowserWindow): Promise<string | undefined> {
  const kind = pictureKind(name);
  if (!kind) return undefined;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save',
    defaultPath: join(app.getPath('documents'), name),
    filters: [{ name: kind.label, extensions: [kind.ending.slice(1)] }],
  });
  if (canceled || !filePath) return undefined;
  try {
    return await write(filePath, kind.ending, bytes);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint = '' } = error;
    await dialog.showMessageBox(window, { type: 'error', title: 'Not saved', message, detail: hint });
    return undefined;
  }
}

/** Only what the user chose in the dialog is written. */
async function write(chosen: string, ending: string, bytes: Uint8Array): Promise<string> {
  const path = withEnding(chosen, ending);
  if (path === undefined)
    throw new UserError(`cannot write ${chosen}: the name must end in ${ending}`, {
      hint: `Give a name with ${ending}.`,
    });
  // The dialog asked before replacing the file it knew of, not one whose ending was added here.
  if (path !== chosen && existsSync(path))
    throw new UserError(`cannot write ${path}: it exists already`, {
      hint: `Choose it with its ${ending} to replace it.`,
    });
  await writeFileAtomic(path, bytes);
  return path;
}
