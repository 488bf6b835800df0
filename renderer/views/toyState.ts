import type { SessionState, StationInfo, TraceTile, UnitWaveforms } from '../../core/shared/api.ts';
import { sessionSchema } from '../../core/shared/session.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { palettes } from './palette.ts';
import type { AnswerOf, ViewState } from './view.ts';

/*
 * Small states and answers for the tests of views: 4 channels in two columns, 1000 Hz, one segment of 10 s.
 */

const done: StationInfo = { state: 'done', detail: '' };

export function toySession(change: Partial<SessionState> = {}): SessionState {
  return {
    version: 1,
    session: sessionSchema.parse({ spikedesk: 1, recording: { format: 'binary', paths: ['/data/toy.bin'] } }),
    folder: '/data/toy.spikedesk',
    recording: {
      samplingFrequency: 1000,
      channelIds: ['ch0', 'ch1', 'ch2', 'ch3'],
      numFrames: [10_000],
      tStart: [0],
      dtype: 'int16',
      isFiltered: false,
      properties: {},
      annotations: {},
    },
    nodes: ['raw', 'bandpass_filter'],
    layout: {
      x: Float64Array.of(0, 30, 0, 30),
      y: Float64Array.of(0, 0, 20, 20),
      probe: new Int32Array(4),
      shank: ['', '', '', ''],
      contactId: ['', '', '', ''],
    },
    asks: [],
    stations: { recording: done, probe: done, preprocess: done, sort: done, analyze: done, curate: done, export: done },
    curation: {
      events: 0,
      canUndo: false,
      canRedo: false,
      units: [1, 2, 7].map((unitId) => ({ unitId, group: '', labels: {}, from: [unitId] })),
    },
    notices: [],
    ...change,
  };
}

export function toyState(unitIds: readonly UnitId[] = [], session: SessionState = toySession()): ViewState {
  const order = session.curation?.units.map(({ unitId }) => unitId) ?? [];
  return { session, unitIds, order, focus: {}, palette: palettes.dark, ratio: 1 };
}

/** Tile 0 with columns of 8 frames, 0 to 1024: every row goes from −10 to 10, and to −100 in column 50 of row 1. */
export function toyTraces(change: Partial<TraceTile> = {}): AnswerOf<'traces'> {
  const columns = 128;
  const minMax = new Int16Array(2 * 4 * columns);
  for (let i = 0; i < minMax.length; i += 2) minMax.set([-10, 10], i);
  minMax[2 * (columns + 50)] = -100;
  const tile: TraceTile = {
    tile: 0,
    firstRow: 0,
    channels: Int32Array.of(0, 1, 2, 3),
    columns,
    minMax,
    scale: 0.5,
    unit: 'µV',
    sampled: 1,
    ...change,
  };
  return {
    method: 'traces',
    args: { node: 1, segment: 0, order: 'depth', framesAColumn: 8, firstTile: 0, endTile: 1 },
    items: [tile],
    result: undefined,
  };
}

/** A unit on channels 1 and 3 with two spikes of 10 samples; its template is −80 at sample 4 of channel 1. */
export function toyWaveforms(unitId: UnitId): AnswerOf<'waveforms'> {
  const [samples, channels, shown] = [10, 2, 2];
  const template = new Float32Array(samples * channels);
  template[4 * channels] = -80;
  const waves: UnitWaveforms = {
    unitId,
    unit: 'µV',
    channels: Int32Array.of(1, 3),
    extremumChannel: 1,
    samples,
    msBefore: 4,
    msAfter: 6,
    template,
    std: new Float32Array(template.length).fill(5),
    spikes: Float32Array.from({ length: shown * template.length }, (_, i) => i),
    shown,
    numSpikes: 1234,
  };
  return { method: 'waveforms', args: { unitIds: [unitId], maxSpikes: 100 }, items: [waves], result: undefined };
}
