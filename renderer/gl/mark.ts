/** What to draw, as plain data. Arrays are never written after they are in a mark: their identity is their version. */
export type Mark =
  | FillMark
  | LinesMark
  | AreaMark
  | PointsMark
  | BarsMark
  | ImageMark
  | HeatMark
  | RectsMark
  | SegmentsMark
  | TracesMark
  | LabelMark;
/** A mark that the graphics card draws; labels are text above the canvas. */
export type DrawnMark = Exclude<Mark, LabelMark>;

/** CSS pixels from the upper left corner of the view; y downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** x0, y0, x1, y1: the values at the lower left and the upper right corner of the box. */
export type Domain = readonly [number, number, number, number];

/** red, green, blue, opacity: 0 to 1 */
export type Color = readonly [number, number, number, number];

interface Placed {
  readonly box: Box;
  readonly domain: Domain;
  /** Nothing is drawn outside of it; left out: of `box`. */
  readonly clip?: Box;
}

/** The whole box in one colour. */
interface FillMark {
  readonly kind: 'fill';
  readonly box: Box;
  readonly color: Color;
}

/** Polylines of `run` points each, one after the other in `position`. */
export interface LinesMark extends Placed {
  readonly kind: 'lines';
  /** [lines][run][x, y] */
  readonly position: Float32Array;
  readonly run: number;
  /** The lines from..to (without it) are drawn; left out: all. */
  readonly from?: number;
  readonly to?: number;
  /** Positions are multiplied by it … */
  readonly scale?: readonly [number, number];
  /** … and each line is then moved by its own: a unit's spikes on all its channels are one mark. [lines][x, y] */
  readonly at?: Float32Array;
  /** CSS pixels. Left out: hairlines, cheap enough for a hundred thousand points. */
  readonly width?: number;
  readonly color: Color;
}

/** The band between the two polylines of `run` points that lie one after the other in `position`. */
export interface AreaMark extends Placed {
  readonly kind: 'area';
  /** [bands][2][run][x, y] */
  readonly position: Float32Array;
  readonly run: number;
  readonly from?: number;
  readonly to?: number;
  readonly color: Color;
}

export interface PointsMark extends Placed {
  readonly kind: 'points';
  /** [points][x, y] */
  readonly position: Float32Array;
  /** [points][red, green, blue, opacity], 0 to 255 */
  readonly colors: Uint8Array;
  /** Diameter, CSS pixels */
  readonly size: number;
}

/** A histogram that fills its box from left to right. */
export interface BarsMark {
  readonly kind: 'bars';
  readonly box: Box;
  /** [rows][bins]: many histograms share an array, each mark draws one row. */
  readonly heights: Float32Array;
  readonly bins: number;
  readonly row: number;
  /** Height that reaches the top of the box. */
  readonly top: number;
  readonly color: Color;
}

/** A matrix as an image: row 0 at the bottom. */
export interface ImageMark extends Placed {
  readonly kind: 'image';
  /** [rows][columns] */
  readonly values: Float32Array;
  readonly columns: number;
  readonly rows: number;
  /** Where the image lies in the domain. */
  readonly extent: Domain;
  /** [256][red, green, blue, opacity] */
  readonly colormap: Uint8Array;
  /** Values at both ends of the colormap. */
  readonly range: readonly [number, number];
}

export interface RectsMark extends Placed {
  readonly kind: 'rects';
  /** [rects][x0, y0, x1, y1] */
  readonly rects: Float32Array;
  /** [rects][4] */
  readonly colors: Uint8Array;
}

/** Separate hairlines, each with its colour. */
export interface SegmentsMark extends Placed {
  readonly kind: 'segments';
  /** [segments][x0, y0, x1, y1] */
  readonly position: Float32Array;
  /** [segments][4] */
  readonly colors: Uint8Array;
}

/**
 * A tile of traces, one row above the other, from one (min, max) a column. Pieces of one colour that follow each other
 * are laid out together; give a tile's rows and the coloured spikes on them in one mark, the spikes last.
 */
export interface TracesMark extends Placed {
  readonly kind: 'traces';
  /** [rows][columns][min, max] */
  readonly minMax: Int16Array;
  readonly columns: number;
  readonly rows: number;
  /** What is subtracted from a row before it is drawn. [rows] */
  readonly center: Float32Array;
  /** Domain x of the first column's left and the last column's right edge. */
  readonly span: readonly [number, number];
  /** Domain y of row 0's zero line; each row lies one higher. */
  readonly firstRow: number;
  /** Rows a value of 1 of minMax reaches up. */
  readonly gain: number;
  /** What is drawn of the tile: [pieces][u0, u1, row], u from 0 to 1 over the tile. */
  readonly pieces: Float32Array;
  /** [pieces][4] */
  readonly colors: Uint8Array;
  /**
   * Last column of the tile before and first of the one after, so that traces go on from tile to tile.
   * [rows][min, max before, min, max after], as this tile's minMax counts; NaN: nothing is there.
   */
  readonly beside?: Float32Array;
}

/** A tile of traces as an image: of each column the value further from its row's centre. */
export interface HeatMark extends Placed {
  readonly kind: 'heat';
  /** [rows][columns][min, max] */
  readonly minMax: Int16Array;
  readonly columns: number;
  readonly rows: number;
  /** [rows] */
  readonly center: Float32Array;
  /** Domain x of the first column's left and the last column's right edge. */
  readonly span: readonly [number, number];
  /** Domain y of row 0's middle; each row is one high. */
  readonly firstRow: number;
  /** [256][red, green, blue, opacity], opaque */
  readonly colormap: Uint8Array;
  /** The value, less the row's centre, of the colormap's upper end; that far below zero lies its lower end. */
  readonly most: number;
}

/** Text above the canvas. */
export interface LabelMark {
  readonly kind: 'label';
  /** CSS pixels in the view */
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Which point of the text lies at x, y. */
  readonly align: 'left' | 'center' | 'right';
  readonly tone: 'dim' | 'plain' | 'strong';
  /** Instead of a tone: the text has this colour. */
  readonly color?: Color;
}

/** The colour a picture's ground has: that of its first fill. */
export function groundOf(marks: readonly Mark[]): Color | undefined {
  return marks.find((mark) => mark.kind === 'fill')?.color;
}
