import { plain } from './axis.ts';
import { explainSpikes } from './explainUnits.ts';
import { rowAt, rowMarks } from './histogramRows.ts';
import { inBox, pixelX, valueX, zoomRange } from './plane.ts';
import { binsOf, params, type RateOptions, withBins } from './rateOptions.ts';
import { rateRows, ratesIn, sceneOf, zoomedTo } from './rateScene.ts';
import { axisTime, followed, momentAt, recordingTime, timeMarks, timeText } from './recordingTime.ts';
import { moreUnits, short } from './shownUnits.ts';
import { curationVersion } from './versions.ts';
import type { Query, View } from './view.ts';

const MAX_UNITS = 20;

export const rate: View<RateOptions> = {
  name: 'rate',
  label: 'Firing rate',
  help: 'Spikes a second of each selected unit over the whole recording, from all its spikes; segments follow each other. The band is what the traces show. Click to go there; wheel and drag zoom and move in time, alt+wheel changes the bins, double click shows all.',
  params,
  marksWindow: true,
  bar: ['overlapped'],
  commands: [
    {
      id: 'overlapped',
      label: 'Units over or below each other',
      keys: [],
      run: (o) => ({ ...o, overlapped: !o.overlapped }),
    },
  ],

  query(state, options): Query {
    const { session } = state;
    if (!session.curation || state.unitIds.length === 0) return {};
    const args = { unitIds: state.unitIds.slice(0, MAX_UNITS), bins: binsOf(state, options) };
    return { rates: { method: 'rates', args, version: curationVersion(session) } };
  },

  draw(state, data, options, size) {
    const background = { kind: 'fill', box: { x: 0, y: 0, ...size }, color: state.palette.background } as const;
    const scene = sceneOf(state, data, options, size);
    if (!scene) return [background];
    return [
      background,
      ...rowMarks(rateRows(scene, options.overlapped), scene.boxes, state),
      ...timeMarks(scene.time, scene.plane, state),
    ];
  },

  empty({ session, unitIds }) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    return unitIds.length === 0 ? 'Select units in the table to see how often they fire over time.' : undefined;
  },

  summary(state, data) {
    const found = ratesIn(data);
    const bins = found ? ` · ${found.bins.toLocaleString('en')} bins of ${short(found.binS)} s` : '';
    return `all spikes${bins}${moreUnits(state, MAX_UNITS)}`;
  },

  explain(state, data) {
    const found = ratesIn(data);
    if (!found) return explainSpikes(state);
    const { unitIds, numSpikes, bins, binS, seconds } = found;
    const told = unitIds.map(
      (unitId, i) => `${unitId}: ${numSpikes[i]!.toLocaleString('en')} (${short(numSpikes[i]! / seconds)} Hz)`,
    );
    const segments = state.session.recording?.numFrames.length ?? 1;
    return [
      ...explainSpikes(state),
      ['Spikes', `all spikes of the units shown, with their mean rate (${told.join(', ')})`],
      ['Rate', `spikes in each of ${bins} bins / ${plain(binS)} s`],
      ['Time', `${plain(seconds)} s${segments > 1 ? `, ${segments} segments one after the other, gaps left out` : ''}`],
    ];
  },

  table(state, data) {
    const found = ratesIn(data);
    if (!found) return [];
    const { unitIds, bins, binS, counts } = found;
    const { offsetS } = recordingTime(state, found.seconds);
    return [
      ['time from (s)', ...unitIds.map((unitId) => `${unitId} (Hz)`)],
      ...Array.from({ length: bins }, (_, bin) => [
        offsetS + bin * binS,
        ...unitIds.map((__, i) => counts[i * bins + bin]! / binS),
      ]),
    ];
  },

  read(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    if (!scene || !inBox(hit, scene.plane.box)) return undefined;
    const { found, time, boxes, plane } = scene;
    const seconds = valueX(plane, hit.x);
    const bin = Math.min(found.bins - 1, Math.max(0, Math.floor((seconds - time.offsetS) / found.binS)));
    const row = rowAt(hit, boxes);
    const units = options.overlapped ? [...found.unitIds.keys()] : row === undefined ? [] : [row];
    const rates = units.map(
      (i) => `${found.unitIds[i]}: ${short(found.counts[i * found.bins + bin]! / found.binS)} Hz`,
    );
    return [timeText(time, seconds, 1), ...rates].join(' · ');
  },

  point(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    if (!scene || !inBox(hit, scene.plane.box)) return undefined;
    const time = momentAt(scene.time, valueX(scene.plane, hit.x));
    const row = options.overlapped ? undefined : rowAt(hit, scene.boxes);
    const unitId = row === undefined ? undefined : scene.found.unitIds[row];
    return { ...(time && { time }), ...(unitId !== undefined && { unitId }) };
  },

  echo({ unitId, time: moment }, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return [];
    const { found, time, boxes, plane } = scene;
    const { box } = plane;
    const seconds = moment && axisTime(time, moment);
    const x = seconds === undefined ? -1 : pixelX(plane, seconds);
    const row = unitId === undefined || options.overlapped ? -1 : found.unitIds.indexOf(unitId);
    return [
      ...(x >= box.x && x <= box.x + box.width
        ? [{ kind: 'upright', x, from: box.y, to: box.y + box.height } as const]
        : []),
      ...(row >= 0 ? [{ kind: 'frame', box: boxes[row]! } as const] : []),
    ];
  },

  pick(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    const time = scene && inBox(hit, scene.plane.box) && momentAt(scene.time, valueX(scene.plane, hit.x));
    return time ? { kind: 'focus', focus: { time } } : undefined;
  },

  drag({ dx }, state, options, size, data) {
    const scene = sceneOf(state, data, options, size);
    if (!scene || !options.zoom) return options;
    const [from, to] = options.zoom;
    const by = (dx / scene.plane.box.width) * (to - from);
    return zoomedTo(options, scene, [from - by, to - by]);
  },

  wheel(hit, turn, state, options, size, data) {
    if (hit.alt) return withBins(options, turn);
    const scene = sceneOf(state, data, options, size);
    if (!scene) return options;
    const { plane } = scene;
    const [from, , to] = plane.domain;
    return zoomedTo(options, scene, zoomRange([from, to], valueX(plane, hit.x), 0.8 ** turn));
  },

  reset({ zoom: _zoom, ...options }) {
    return options;
  },

  follow({ time }, state, options) {
    const zoom = options.zoom && followed(options.zoom, time, state);
    return zoom && zoom !== options.zoom ? { ...options, zoom } : options;
  },
};
