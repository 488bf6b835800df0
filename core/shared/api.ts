import type { ChannelVerdict } from './badChannels.ts';
import type { CurationEvent } from './curation.ts';
import type { EntryInfo } from './entry.ts';
import type { Json } from './json.ts';
import type { Found } from './lists.ts';
import type { ChainLook, Preset, PreviewArgs } from './preview.ts';
import type { ChannelLayout } from './probe.ts';
import type { Progress } from './progress.ts';
import type { RecordingInfo } from './recording.ts';
import type { Method } from './rpc.ts';
import type { Session, Station } from './session.ts';
import type { UnitId } from './sorting.ts';

/** The lists as plain data: names, labels, help and params. */
export interface Catalogue {
  readonly version: string;
  readonly formats: readonly EntryInfo[];
  readonly probes: readonly EntryInfo[];
  readonly steps: readonly EntryInfo[];
  /** Chains of steps; some may name steps that this version does not have. */
  readonly presets: readonly Preset[];
  readonly sorters: readonly EntryInfo[];
  readonly extensions: readonly EntryInfo[];
  readonly metrics: readonly (EntryInfo & { readonly columns: readonly ColumnInfo[] })[];
  readonly exporters: readonly EntryInfo[];
  /** Ways to save the preprocessed recording. */
  readonly savers: readonly EntryInfo[];
}

export interface ColumnInfo {
  readonly name: string;
  readonly label: string;
  /** 'Hz', 'µV', '' … */
  readonly unit: string;
  /** What it tells, and what a usual value is. */
  readonly help: string;
}

/** What lies at a path the user opened. */
export interface Inspection {
  readonly path: string;
  readonly session?: string;
  readonly recordings: readonly Found[];
  readonly sortings: readonly { readonly format: string; readonly label: string; readonly path: string }[];
}

export type StationState = 'not done' | 'running' | 'done' | 'out of date' | 'failed';

export interface StationInfo {
  readonly state: StationState;
  /** One line: "32 channels, 60 s, 30 kHz", "16 units, 8,123 spikes". */
  readonly detail: string;
  readonly error?: { readonly message: string; readonly hint?: string };
}

/** All the window needs to draw its chrome. Sent whole at each change: it is small. */
export interface SessionState {
  /** Increases with every change. */
  readonly version: number;
  readonly session: Session;
  /** Folder the results lie in; made at the first Run. */
  readonly folder: string;
  /** session.json, once it exists. */
  readonly file?: string;
  readonly savedAt?: string;
  /** When the last edit of the curation reached the disk, since the session was opened. */
  readonly editedAt?: string;
  readonly recording?: RecordingInfo;
  /** Nodes of the chain that can be looked at: 0 is raw. */
  readonly nodes: readonly string[];
  readonly layout?: ChannelLayout;
  /** Params the recording's format cannot tell; the Recording station asks for them. */
  readonly asks: readonly string[];
  readonly stations: Readonly<Record<Station, StationInfo>>;
  readonly running?: RunState;
  readonly curation?: CurationState;
  /** Where what the views tell of units is from: 'analyzer folder', 'phy or Kilosort folder', … */
  readonly unitsFrom?: { readonly folder: string; readonly kind: string };
  /** Accuracy against the ground truth, where there is one. */
  readonly accuracy?: { readonly mean: number; readonly byUnit: readonly { unitId: UnitId; accuracy: number }[] };
  readonly notices: readonly string[];
}

export interface RunState extends Progress {
  readonly station: Station;
  readonly secondsLeft?: number;
}

export interface CurationState {
  readonly events: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Units in force, with their labels: group is good, mua, noise or ''. */
  readonly units: readonly {
    readonly unitId: UnitId;
    readonly group: string;
    readonly labels: Readonly<Record<string, readonly string[]>>;
    /** Original units it is made of. */
    readonly from: readonly UnitId[];
  }[];
}

/** How rows of traces follow each other, from the bottom: by place on the probe, shank by shank, or as in the file. */
export type ChannelOrder = 'depth' | 'shank' | 'number';

/**
 * A stretch of the fixed grid that the traces of a node lie on (tileGrid.ts): each segment is cut into columns of
 * `framesAColumn` frames, TILE_COLUMNS columns a tile.
 */
export interface TracesArgs {
  readonly node: number;
  readonly segment: number;
  readonly order: ChannelOrder;
  /** One of COLUMN_FRAMES; with 1 a column is a sample. */
  readonly framesAColumn: number;
  /** firstTile ≤ tile < endTile */
  readonly firstTile: number;
  readonly endTile: number;
}

/** One tile of the grid, or some of its rows where they are many: under 256 KB. */
export interface TraceTile {
  readonly tile: number;
  readonly firstRow: number;
  /** Rows of the whole tile, where they may come in several of these; left out: these are all. */
  readonly numRows?: number;
  /** Channel index of each row. */
  readonly channels: Int32Array;
  /** TILE_COLUMNS; fewer in the last tile of a segment. */
  readonly columns: number;
  /** [rows][columns][min, max]; value = minMax * scale, in `unit`. */
  readonly minMax: Int16Array;
  readonly scale: number;
  readonly unit: 'µV' | 'raw' | 'SD';
  /** Part of the frames that was looked at: 1: all, the picture is exact; less: a first one, the exact follows. */
  readonly sampled: number;
  /** Until all tiles asked for are exact. */
  readonly secondsLeft?: number;
}

/** A column of the unit table: numbers (NaN: not known) or words. Rows as in UnitTable.unitIds. */
export interface UnitColumn extends ColumnInfo {
  readonly values: Float64Array | readonly string[];
}

export interface UnitTable {
  readonly unitIds: readonly UnitId[];
  readonly columns: readonly UnitColumn[];
}

/** Waveforms of one unit on its sparse channels, in `unit`. */
export interface UnitWaveforms {
  readonly unitId: UnitId;
  readonly unit: 'µV' | 'raw';
  /** Channel index of each column. */
  readonly channels: Int32Array;
  readonly extremumChannel: number;
  readonly samples: number;
  readonly msBefore: number;
  readonly msAfter: number;
  /** [samples][channels] */
  readonly template: Float32Array;
  readonly std: Float32Array;
  /** [shown][samples][channels] */
  readonly spikes: Float32Array;
  readonly shown: number;
  readonly numSpikes: number;
}

export interface CorrelogramsArgs {
  readonly unitIds: readonly UnitId[];
  readonly windowMs: number;
  readonly binMs: number;
}

export type HistogramArgs = CorrelogramsArgs;

/** Exact, on all spikes. counts: [units][units][bins]: how often the row's unit fires at a lag after the column's. */
export interface Correlograms {
  readonly unitIds: readonly UnitId[];
  readonly bins: number;
  readonly windowMs: number;
  readonly binMs: number;
  readonly counts: Float64Array;
  /** Spikes of each unit and seconds of recording: for the baseline rate. */
  readonly numSpikes: Int32Array;
  readonly seconds: number;
}

export interface UnitPlace {
  readonly unitId: UnitId;
  /** µm; z where units are located in three dimensions. */
  readonly x: number;
  readonly y: number;
  readonly z?: number;
  readonly extremumChannel: number;
  readonly channels: Int32Array;
}

/** Spikes in a window of one segment, for drawing on the traces. */
export interface SpikesInWindow {
  readonly sampleIndex: Float64Array;
  /** Index into the unitIds asked for. */
  readonly unit: Int32Array;
}

/** Intervals between successive spikes of a unit, of all its spikes. counts: [units][bins]; bin 0 starts at 0 ms. */
export interface IsiHistograms {
  readonly unitIds: readonly UnitId[];
  readonly windowMs: number;
  readonly binMs: number;
  readonly bins: number;
  readonly counts: Float64Array;
  readonly numSpikes: Int32Array;
}

/** Spikes of units over time, of all spikes; segments lie one after the other (timeline.ts). counts: [units][bins] */
export interface FiringRates {
  readonly unitIds: readonly UnitId[];
  readonly bins: number;
  /** Length of the timeline and of one bin. */
  readonly seconds: number;
  readonly binS: number;
  readonly counts: Float64Array;
  readonly numSpikes: Int32Array;
}

/** Spikes of one unit, evenly chosen if there are more than asked for, with their amplitudes, in order of time. */
export interface UnitAmplitudes {
  readonly unitId: UnitId;
  readonly unit: 'µV' | 'raw';
  readonly segment: Int32Array;
  readonly sampleIndex: Float64Array;
  readonly amplitude: Float32Array;
  /** Hz: for times where there is no recording to tell it. */
  readonly samplingFrequency?: number;
  readonly shown: number;
  readonly numSpikes: number;
  /** Where the amplitudes come from: "spike_amplitudes of the analyzer", "amplitudes.npy". */
  readonly source: string;
}

/** The units most like one, most similar first. */
export interface SimilarUnits {
  readonly unitId: UnitId;
  readonly unitIds: readonly UnitId[];
  readonly similarity: Float64Array;
  /** How it was computed, or which file it is from. */
  readonly source: string;
}

/** How loud each channel is at a node, and how many spikes a second the units there have. [channels] */
export interface ChannelActivity {
  readonly node: number;
  readonly unit: TraceTile['unit'];
  /** Standard deviation over random stretches of the recording; NaN: not known. */
  readonly rms: Float64Array;
  /** Spikes a second of the units whose largest channel it is; left out: there are no units. */
  readonly rate?: Float64Array;
  /** "20 stretches of 0.1 s" */
  readonly source: string;
}

/** Which channels a unit's waveforms are kept on, and why. [channels] */
export interface UnitSparsity {
  readonly unitId: UnitId;
  /** In words: "radius: within 100 µm of the channel where the template is largest". */
  readonly rule: string;
  /** Where the rule is a radius, µm. */
  readonly radiusUm?: number;
  readonly extremumChannel: number;
  readonly kept: Uint8Array;
  /** From the extremum channel, µm; NaN without a probe. */
  readonly distance: Float64Array;
  /** Of the template, peak to peak, in `unit`; NaN where nothing was kept to tell. */
  readonly amplitude: Float64Array;
  readonly unit: 'µV' | 'raw';
}

/** One spike. */
export interface SpikeAt {
  readonly unitId: UnitId;
  readonly segment: number;
  readonly frame: number;
}

/** What the window keeps for its user besides sessions (layouts, keys, theme, columns), by name. */
export type Settings = Readonly<Record<string, Json>>;

export interface Recent {
  readonly path: string;
  readonly name: string;
  readonly openedAt: string;
}

/** Every method the renderer may call: the only IPC surface. The CLI calls the same. */
export interface Api {
  catalogue: Method<undefined, never, Catalogue>;
  recents: Method<undefined, never, readonly Recent[]>;
  inspect: Method<{ readonly path: string }, never, Inspection>;
  /** Open what inspect found, a session.json, or the demo (made first if need be: yields progress). */
  open: Method<OpenArgs, Progress, SessionState>;
  /** Every SessionState from now on, until cancelled. */
  watch: Method<undefined, SessionState, void>;
  close: Method<undefined, never, void>;
  /** Replace parts of session.json; checked whole, then saved if the session has a folder. */
  edit: Method<Partial<Session>, never, SessionState>;
  /** Run the stations named that are not done or out of date, with those they need; all from `from` on in any case. */
  run: Method<{ readonly stations: readonly Station[]; readonly from?: Station }, RunState, SessionState>;
  traces: Method<TracesArgs, TraceTile, void>;
  preview: Method<PreviewArgs, TraceTile, ChainLook>;
  /** What the last of these steps, which looks for bad channels, found on each, whatever its parameters overrule. */
  badChannels: Method<{ readonly steps: Session['preprocess'] }, never, readonly ChannelVerdict[]>;
  units: Method<undefined, never, UnitTable>;
  waveforms: Method<{ readonly unitIds: readonly UnitId[]; readonly maxSpikes: number }, UnitWaveforms, void>;
  correlograms: Method<CorrelogramsArgs, never, Correlograms>;
  places: Method<undefined, never, readonly UnitPlace[]>;
  spikes: Method<
    {
      readonly unitIds: readonly UnitId[];
      readonly segment: number;
      readonly startFrame: number;
      readonly endFrame: number;
    },
    never,
    SpikesInWindow
  >;
  isi: Method<HistogramArgs, never, IsiHistograms>;
  rates: Method<{ readonly unitIds: readonly UnitId[]; readonly bins: number }, never, FiringRates>;
  amplitudes: Method<{ readonly unitIds: readonly UnitId[]; readonly maxSpikes: number }, UnitAmplitudes, void>;
  /** At most `most` units. */
  similar: Method<{ readonly unitId: UnitId; readonly most: number }, never, SimilarUnits>;
  activity: Method<{ readonly node: number }, never, ChannelActivity>;
  sparsity: Method<{ readonly unitId: UnitId }, never, UnitSparsity>;
  /** The next spike of any of the units after that frame (the last before it), also in other segments. */
  nextSpike: Method<
    {
      readonly unitIds: readonly UnitId[];
      readonly segment: number;
      readonly frame: number;
      readonly direction: 'next' | 'previous';
    },
    never,
    SpikeAt | undefined
  >;
  settings: Method<undefined, never, Settings>;
  /** Replaces the setting of that name; it is on the disk when this returns. */
  keepSetting: Method<{ readonly name: string; readonly value: Json }, never, void>;
  curate: Method<CurationEvent | { readonly type: 'merge'; readonly unitIds: readonly UnitId[] }, never, SessionState>;
  export: Method<
    { readonly name: string; readonly folder: string; readonly params: Readonly<Record<string, Json>> },
    Progress,
    { readonly folder: string; readonly files: number }
  >;
  /**
   * Saves the preprocessed recording into `folder`, which is there whole or not at all. A save that was cancelled or
   * killed goes on where it stopped when it is asked for again; one that is there already, of the same recipe, is kept.
   */
  save: Method<
    { readonly saver: string; readonly folder: string; readonly params: Readonly<Record<string, Json>> },
    Progress & { readonly secondsLeft?: number },
    SavedRecording
  >;
}

export interface SavedRecording {
  readonly folder: string;
  /** Name in Catalogue.savers. */
  readonly saver: string;
  readonly files: number;
  readonly bytes: number;
  /** Bytes of the traces as plain samples. */
  readonly rawBytes: number;
  /** It was there already, from the same recipe: nothing was computed. */
  readonly reused: boolean;
}

export type OpenArgs =
  | { readonly kind: 'session'; readonly path: string }
  | { readonly kind: 'recording'; readonly found: Found }
  | { readonly kind: 'sorting'; readonly format: string; readonly path: string }
  /** Made first if it is not there. Left out: seed 0, in the user's data folder. */
  | { readonly kind: 'demo'; readonly seed?: number; readonly folder?: string };
