import {
  type BrowserWindow,
  clipboard,
  dialog,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  ipcMain,
  Notification,
  shell,
} from 'electron';
import type { PickRequest } from '../core/shared/desktop.ts';
import { z } from '../core/shared/zod.ts';
import { CHANNELS } from './channels.ts';
import { pictureShape, savePicture } from './savePicture.ts';
import { isOurPage, mayOpenExternal } from './security.ts';

/** Our windows by the id of their contents. */
export type Windows = ReadonlyMap<number, BrowserWindow>;

/** Main's side of `window.spikedesk`: each channel checks its sender, then the shape of what was sent. */
export function answerDesktop(windows: Windows, connect: (window: BrowserWindow) => void): void {
  const windowOf = (event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | undefined =>
    isOurPage(event, windows) ? windows.get(event.sender.id) : undefined;

  const handle = <T>(channel: string, shape: z.ZodType<T>, answer: (args: T, window: BrowserWindow) => unknown) =>
    ipcMain.handle(channel, (event, args: unknown) => {
      const window = windowOf(event);
      if (!window) throw new Error('refused: not from our page');
      return answer(shape.parse(args), window);
    });

  ipcMain.on(CHANNELS.connect, (event) => {
    const window = windowOf(event);
    if (window) connect(window);
  });
  handle(CHANNELS.pick, pickShape, pick);
  handle(CHANNELS.notify, noticeShape, (notice, window) => {
    if (!window.isFocused() && Notification.isSupported()) new Notification(notice).show();
  });
  handle(CHANNELS.copyText, z.string().max(10_000_000), (text) => clipboard.writeText(text));
  handle(CHANNELS.openExternal, z.unknown(), async (url) => {
    if (!mayOpenExternal(url)) return false;
    await shell.openExternal(url);
    return true;
  });
  handle(CHANNELS.savePicture, pictureShape, savePicture);
  handle(CHANNELS.showInFolder, z.string().max(4096), (path) => shell.showItemInFolder(path));
  handle(CHANNELS.reload, z.undefined(), (_nothing, window) => window.webContents.reload());
}

const text = z.string().max(1000);
const noticeShape = z.strictObject({ title: text, body: text });
const pickShape = z.strictObject({
  kind: z.enum(['file', 'folder', 'save']),
  title: text,
  path: z.string().max(4096).optional(),
  filters: z
    .array(z.strictObject({ name: text, extensions: z.array(text).max(50) }))
    .max(50)
    .optional(),
}) satisfies z.ZodType<PickRequest>;

async function pick(request: z.output<typeof pickShape>, window: BrowserWindow): Promise<readonly string[]> {
  const { kind, title, path, filters } = request;
  const options = { title, ...(path && { defaultPath: path }), ...(filters && { filters }) };
  if (kind === 'save') {
    const { canceled, filePath } = await dialog.showSaveDialog(window, options);
    return canceled || !filePath ? [] : [filePath];
  }
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    ...options,
    properties: kind === 'file' ? ['openFile', 'multiSelections'] : ['openDirectory', 'createDirectory'],
  });
  return canceled ? [] : filePaths;
}
