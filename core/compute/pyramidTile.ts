import { TILE_COLUMNS } from '../shared/tileGrid.ts';
import { CHUNK_FRAMES, PAGE_CHUNKS, type PageData } from './pyramidShape.ts';
import { type Columns, noColumns } from './tiles.ts';

/** The columns of a tile, made of a finer level of the pages it lies in. numFrames: of the segment. */
export function columnsOfPages(
  pages: ReadonlyMap<number, PageData>,
  channels: number,
  numFrames: number,
  { tile, framesAColumn, level }: { readonly tile: number; readonly framesAColumn: number; readonly level: number },
): Columns {
  const firstColumn = tile * TILE_COLUMNS;
  const columns = Math.min(TILE_COLUMNS, Math.ceil(numFrames / framesAColumn) - firstColumn);
  const ratio = framesAColumn / level;
  const inChunk = CHUNK_FRAMES / level;
  const inPage = inChunk * PAGE_CHUNKS;
  const last = Math.ceil(numFrames / level);
  const found = noColumns(columns, channels);
  for (let i = 0; i < columns; i++) {
    const to = i * channels;
    const end = Math.min(last, (firstColumn + i + 1) * ratio);
    for (let k = (firstColumn + i) * ratio; k < end; k++) {
      const page = pages.get(Math.floor(k / inPage));
      const data = page?.levels.get(level);
      if (!page || !data) throw new Error(`a page of tile ${tile} is missing`);
      const at = (k % inPage) * channels * 2;
      const scale = Math.floor((k % inPage) / inChunk) * channels;
      for (let c = 0; c < channels; c++) {
        const low = data[at + 2 * c]! * page.scales[scale + c]!;
        const high = data[at + 2 * c + 1]! * page.scales[scale + c]!;
        if (low < found.low[to + c]!) found.low[to + c] = low;
        if (high > found.high[to + c]!) found.high[to + c] = high;
      }
    }
  }
  return found;
}
