import type { CurationEvent } from './curation.ts';
import type { EntryInfo } from './entry.ts';
import type { Json } from './json.ts';
import type { Found } from './lists.ts';
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
  readonly sorters: readonly EntryInfo[];
  readonly extensions: readonly EntryInfo[];
  readonly metrics: readonly (EntryInfo & { readonly columns: readonly ColumnInfo[] })[];
  readonly exporters: readonly EntryInfo[];
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
  readonly recording?: RecordingInfo;
  /** Nodes of the chain that can be looked at: 0 is raw. */
  readonly nodes: readonly string[];
  readonly layout?: ChannelLayout;
  /** Params the recording's format cannot tell; the Recording station asks for them. */
  readonly asks: readonly string[];
  readonly stations: Readonly<Record<Station, StationInfo>>;
  readonly running?: RunState;
  readonly curation?: CurationState;
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

/** Traces of one node, at most one (min, max) a pixel column. */
export interface TracesArgs {
  readonly node: number;
  readonly segment: number;
  readonly startFrame: number;
  readonly endFrame: number;
  /** Columns wanted: if more frames than columns, min and max a column; else one column a frame. */
  readonly columns: number;
}

/** Up to 32 channels (rows in depth order, deepest first) of a TracesArgs window: under 256 KB. */
export interface TraceTile {
  readonly firstRow: number;
  /** Channel index of each row. */
  readonly channels: Int32Array;
  readonly columns: number;
  /** [rows][columns][min, max]; value = minMax * scale, in `unit`. */
  readonly minMax: Int16Array;
  readonly scale: number;
  readonly unit: 'µV' | 'raw' | 'SD';
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

/** Exact, on all spikes. counts: [units][units][bins], row unit as reference, as SpikeInterface's. */
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
  /** µm */
  readonly x: number;
  readonly y: number;
  readonly extremumChannel: number;
  readonly channels: Int32Array;
}

/** Spikes in a window of one segment, for drawing on the traces. */
export interface SpikesInWindow {
  readonly sampleIndex: Float64Array;
  /** Index into the unitIds asked for. */
  readonly unit: Int32Array;
}

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
  curate: Method<CurationEvent | { readonly type: 'merge'; readonly unitIds: readonly UnitId[] }, never, SessionState>;
  export: Method<
    { readonly name: string; readonly folder: string; readonly params: Readonly<Record<string, Json>> },
    Progress,
    { readonly folder: string; readonly files: number }
  >;
}

export type OpenArgs =
  | { readonly kind: 'session'; readonly path: string }
  | { readonly kind: 'recording'; readonly found: Found }
  | { readonly kind: 'sorting'; readonly format: string; readonly path: string }
  /** Made first if it is not there. Left out: seed 0, in the user's data folder. */
  | { readonly kind: 'demo'; readonly seed?: number; readonly folder?: string };
