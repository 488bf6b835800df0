/** What the window gives the page as `window.spikedesk`, besides the port to core: the little only a desktop can do. */
export interface Desktop {
  /** Asks for a port to core. It comes as a window message whose data is PORT_MESSAGE and whose ports[0] is the port. */
  connect(): void;
  /** Lets the user pick a file, a folder, or a place to save. Empty when they cancel. */
  pick(request: PickRequest): Promise<readonly string[]>;
  /** Where a dropped file or folder lies on disk; empty for one that is not on disk. */
  pathOf(file: File): string;
  /** A desktop notice ("Sorting is done"), shown only while the window is not in front. */
  notify(notice: Notice): Promise<void>;
  copyText(text: string): Promise<void>;
  /** Opens a page of ours in the browser; false when the address is not on the list. */
  openExternal(url: string): Promise<boolean>;
  /**
   * Lets the user say where a picture or table goes, and writes it there; undefined when they cancel. `name`: the one
   * proposed, ending in .png, .svg or .csv.
   */
  savePicture(picture: SavedPicture): Promise<string | undefined>;
  /** Opens the file manager at a path. */
  showInFolder(path: string): Promise<void>;
  /** Loads the page anew (after the graphics were lost for good). Core goes on. */
  reload(): Promise<void>;
}

export interface PickRequest {
  readonly kind: 'file' | 'folder' | 'save';
  readonly title: string;
  /** Where the dialog opens, and for "save" the name proposed. */
  readonly path?: string;
  readonly filters?: readonly { readonly name: string; readonly extensions: readonly string[] }[];
}

export interface SavedPicture {
  readonly name: string;
  /** At most MAX_PICTURE_BYTES */
  readonly bytes: Uint8Array;
}

export const MAX_PICTURE_BYTES = 200 << 20;

export interface Notice {
  readonly title: string;
  readonly body: string;
}

export const PORT_MESSAGE = 'spikedesk-port';
