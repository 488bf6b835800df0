import { z } from '../../core/shared/zod.ts';
import type { Mark } from '../gl/mark.ts';
import { AMPLITUDE_BINS, histogramMarks } from './amplitudeHistogram.ts';
import { pointedAt, readBin, readSpike } from './amplitudePointer.ts';
import { sceneOf, timeOf, within } from './amplitudeScene.ts';
import { MAX_UNITS, medianAmplitude, nameOf, shownUnits, spikeColors, spikePoints } from './amplitudeSpikes.ts';
import { bottomAxis, leftAxis } from './axis.ts';
import { explainSpikes } from './explainUnits.ts';
import { inBox, pixelX, pixelY, valueX, valueY, zoomRange } from './plane.ts';
import { axisTime, followed, timeMarks } from './recordingTime.ts';
import { moreUnits } from './shownUnits.ts';
import { unitVersion } from './versions.ts';
import type { Ask, View } from './view.ts';

const params = z.object({
  histogram: z.boolean().default(true).describe('How often each amplitude is, beside the points.'),
  size: z
    .number()
    .min(1)
    .max(12)
    .default(3)
    .meta({ unit: 'px', title: 'Point size' })
    .describe('Diameter of the point of a spike.'),
  maxSpikes: z
    .number()
    .int()
    .min(100)
    .max(100_000)
    .default(10_000)
    .meta({ title: 'Spikes a unit' })
    .describe('Of units with more spikes, so many are shown, evenly chosen.'),
  /** Times and amplitudes that are seen; left out: all. */
  zoom: z.tuple([z.number(), z.number()]).optional().meta({ moment: true }),
  range: z.tuple([z.number(), z.number()]).optional().meta({ moment: true }),
});
type AmplitudeOptions = z.output<typeof params>;

export const amplitude: View<AmplitudeOptions> = {
  name: 'amplitude',
  label: 'Amplitudes',
  help: 'How large each spike of the selected units is over the whole recording, with a histogram at the right. A unit that drifts away or is cut off at a threshold shows here. The band is what the traces show. Click a spike to go to it; wheel and drag zoom and move, shift+wheel zooms amplitudes, double click shows all.',
  params,
  marksWindow: true,
  bar: ['histogram'],
  commands: [
    {
      id: 'histogram',
      label: 'Histogram on or off',
      keys: [],
      run: (o) => ({ ...o, histogram: !o.histogram }),
    },
  ],

  query({ session, unitIds }, { maxSpikes }) {
    if (!session.curation) return {};
    const version = unitVersion(session);
    const ask = (unitId: (typeof unitIds)[number]): [string, Ask] => [
      nameOf(unitId),
      { method: 'amplitudes', args: { unitIds: [unitId], maxSpikes }, version },
    ];
    return Object.fromEntries(unitIds.slice(0, MAX_UNITS).map(ask));
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const background: Mark = { kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background };
    const scene = sceneOf(state, data, options, size);
    if (!scene) return [background];
    const { units, time, plane, beside, all } = scene;
    const { box, domain } = plane;
    const points = units.map((unit): Mark => {
      const position = spikePoints(unit.spikes, time);
      return { kind: 'points', box, domain, position, colors: spikeColors(unit, state), size: options.size };
    });
    return [
      background,
      ...timeMarks(time, plane, state),
      ...points,
      ...(beside ? histogramMarks(units, all, beside, [domain[1], domain[3]], state) : []),
      ...leftAxis({ box, from: domain[1], to: domain[3], unit: units[0]!.spikes.unit, palette }),
      ...bottomAxis({
        box,
        from: domain[0],
        to: domain[2],
        unit: time.rate === undefined ? 'samples' : 's',
        palette,
      }),
      ...(beside && beside.width >= 50
        ? [
            {
              kind: 'label',
              x: beside.x,
              y: box.y + box.height + 12,
              text: 'spikes',
              align: 'left',
              tone: 'dim',
            } as const,
          ]
        : []),
    ];
  },

  empty(state, _options, data) {
    const { session, unitIds } = state;
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    if (unitIds.length === 0) return 'Select units in the table to see how large their spikes are over time.';
    const units = shownUnits(state, data);
    return units.length > 0 && units.every(({ spikes }) => spikes.shown === 0)
      ? 'There are no amplitudes of these units: run Analyze to compute them.'
      : undefined;
  },

  summary(state, data) {
    const units = shownUnits(state, data);
    if (units.length === 0) return '';
    const sum = (of: 'shown' | 'numSpikes') => units.reduce((n, { spikes }) => n + spikes[of], 0).toLocaleString('en');
    const several = units.length > 1 ? ` of ${units.length} units` : '';
    const [shown, all] = [sum('shown'), sum('numSpikes')];
    return `${shown === all ? `all ${all}` : `${shown} of ${all}`} spikes${several}${moreUnits(state, MAX_UNITS)}`;
  },

  explain(state, data) {
    return [
      ...explainSpikes(state),
      ...shownUnits(state, data).map(({ spikes }): [string, string] => {
        const { unitId, shown, numSpikes, source } = spikes;
        const which = shown < numSpikes ? `${shown.toLocaleString('en')}, evenly chosen, of` : 'all';
        return [`Unit ${unitId}`, `${which} ${numSpikes.toLocaleString('en')} spikes; ${source}`];
      }),
      ['Histogram', `${AMPLITUDE_BINS} bins, of the spikes shown`],
    ];
  },

  table(state, data) {
    const units = shownUnits(state, data);
    const time = timeOf(units, state);
    const rows = units.flatMap(({ spikes }) =>
      Array.from(spikes.amplitude, (value, i) => {
        const [segment, frame] = [spikes.segment[i]!, spikes.sampleIndex[i]!];
        return [spikes.unitId, segment, frame, axisTime(time, { segment, frame }) ?? '', value];
      }),
    );
    return [['unit', 'segment', 'sample', 'time (s)', `amplitude (${units[0]?.spikes.unit ?? ''})`], ...rows];
  },

  read(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return undefined;
    return scene.beside && inBox(hit, scene.beside) ? readBin(hit, scene) : readSpike(hit, scene);
  },

  point(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    return scene && pointedAt(hit, scene);
  },

  echo({ unitId, time: moment }, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return [];
    const { units, time, plane } = scene;
    const { box } = plane;
    const seconds = moment && axisTime(time, moment);
    const x = seconds === undefined ? -1 : pixelX(plane, seconds);
    const unit = unitId === undefined ? undefined : units.find(({ spikes }) => spikes.unitId === unitId);
    const y = unit ? pixelY(plane, medianAmplitude(unit.spikes)) : -1;
    return [
      ...(x >= box.x && x <= box.x + box.width
        ? [{ kind: 'upright', x, from: box.y, to: box.y + box.height } as const]
        : []),
      ...(y >= box.y && y <= box.y + box.height
        ? [{ kind: 'level', y, from: box.x, to: size.width - 8 } as const]
        : []),
    ];
  },

  pick(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    const time = scene && pointedAt(hit, scene)?.time;
    return time && { kind: 'focus', focus: { time } };
  },

  drag({ dx, dy }, state, options, size, data) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return options;
    const { box, domain } = scene.plane;
    const bx = (dx / box.width) * (domain[2] - domain[0]);
    const by = (dy / box.height) * (domain[3] - domain[1]);
    return {
      ...options,
      ...(options.zoom && { zoom: within(scene, [domain[0] - bx, domain[2] - bx]) ?? options.zoom }),
      ...(options.range && { range: [domain[1] + by, domain[3] + by] }),
    };
  },

  wheel(hit, turn, state, options, size, data) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return options;
    const { plane } = scene;
    const [x0, y0, x1, y1] = plane.domain;
    const factor = 0.8 ** turn;
    if (hit.shift) return { ...options, range: zoomRange([y0, y1], valueY(plane, hit.y), factor) };
    const zoom = within(scene, zoomRange([x0, x1], valueX(plane, hit.x), factor));
    const { zoom: _before, ...rest } = options;
    return zoom ? { ...rest, zoom } : rest;
  },

  reset({ zoom: _zoom, range: _range, ...options }) {
    return options;
  },

  follow({ time }, state, options) {
    const zoom = options.zoom && followed(options.zoom, time, state);
    return zoom && zoom !== options.zoom ? { ...options, zoom } : options;
  },
};
