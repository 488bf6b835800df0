import { z } from '../../core/shared/zod.ts';
import type { Mark } from '../gl/mark.ts';
import { bottomAxis, leftAxis, plain } from './axis.ts';
import { explainLooks, looksOf, looksQuery, noLooks, stretchOf } from './chainLooks.ts';
import { inBox, keepRange, valueX, zoomRange } from './plane.ts';
import { type Curve, curvesOf, LEGEND, linePosition, type SpectrumScene, sceneOf } from './spectrumCurves.ts';
import type { View } from './view.ts';

const params = z.object({
  of: z
    .enum(['all', 'picked'])
    .default('all')
    .describe('Mean over channels, evenly chosen where there are many; or the channel that was picked last.')
    .meta({ title: 'Channels' }),
  log: z.boolean().default(true).describe('Frequencies by powers of ten.').meta({ title: 'Log frequency' }),
  zoom: z.tuple([z.number(), z.number()]).optional().meta({ title: 'Frequencies seen', moment: true }),
});
type SpectrumOptions = z.output<typeof params>;

/** Shortest range of frequencies, as a part of all. */
const LEAST = 0.02;

export const spectrum: View<SpectrumOptions> = {
  name: 'spectrum',
  label: 'Spectrum',
  help: 'How strong each frequency is before and after the step that is chosen in the list (or all steps), in the stretch the traces show, at most a second. A mains line at 50 or 60 Hz, hiss, and what a filter takes away are seen at once. Wheel and drag zoom and move, double click shows all.',
  params,
  bar: ['of'],
  marksWindow: true,
  showsChain: true,

  query(state, { of }) {
    const stretch = stretchOf(state);
    if (!stretch || state.session.nodes.length === 0) return {};
    const { channel } = state.focus;
    const channelId =
      of === 'picked' && channel !== undefined ? state.session.recording?.channelIds[channel] : undefined;
    return looksQuery(state, stretch, { channelId });
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const marks: Mark[] = [{ kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background }];
    const scene = sceneOf(state, data, options, size);
    if (!scene) return marks;
    const { box, domain, curves } = scene;
    const [x0, y0, x1, y1] = domain;
    for (const curve of curves)
      marks.push({
        kind: 'lines',
        box,
        domain,
        position: linePosition(curve, options.log),
        run: curve.density.length - 1,
        width: 1.5,
        color: curve.color,
      });
    marks.push(...legend(scene));
    marks.push(...bottomAxis({ box, from: x0, to: x1, unit: 'Hz', palette, log: options.log }));
    marks.push(...leftAxis({ box, from: y0, to: y1, unit: 'dB', palette }));
    return marks;
  },

  empty(state, { of }, data) {
    const none = noLooks(state);
    if (none) return none;
    if (of === 'picked' && state.focus.channel === undefined) return 'Click a channel in the traces or on the probe.';
    const { before, after } = looksOf(state, data);
    return before && after && !before.look.spectrum && !after.look.spectrum
      ? 'The stretch that is shown is too short for a spectrum: show more time.'
      : undefined;
  },

  summary(state, data, options) {
    const curves = curvesOf(state, data, options);
    const [first] = curves;
    if (!first) return '';
    const units = [...new Set(curves.map(({ unit }) => `dB ${unit}²/Hz`))].join(' and ');
    return [first.of, units].join(' · ');
  },

  explain(state, data, options) {
    const [first] = curvesOf(state, data, options);
    return [
      ...explainLooks(state, data),
      ...(first
        ? [
            ['Channels', first.of] as const,
            [
              'Spectrum',
              `power spectral density by Welch's method: Hann windows, half over each other, ${plain(Number(first.binHz.toPrecision(3)))} Hz apart in frequency`,
            ] as const,
            ['Decibels', `10 log10 of the density in ${first.unit}²/Hz`] as const,
          ]
        : []),
    ];
  },

  table(state, data, options) {
    const curves = curvesOf(state, data, options);
    const [first] = curves;
    if (!first) return [];
    return [
      ['frequency (Hz)', ...curves.map(({ label, unit }) => `${label} (${unit}²/Hz)`)],
      ...Array.from(first.density, (_, k) => [k * first.binHz, ...curves.map((curve) => at(curve, k * first.binHz))]),
    ];
  },

  read(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    if (!scene || !inBox(hit, scene.box)) return undefined;
    const hz = frequencyAt(scene, hit.x, options);
    const told = scene.curves.map(
      (curve) => `${curve.label} ${plain(Number((10 * Math.log10(at(curve, hz))).toFixed(1)))} dB`,
    );
    return [`${plain(Number(hz.toPrecision(3)))} Hz`, ...told].join(' · ');
  },

  drag({ dx }, state, options, size, data) {
    const scene = sceneOf(state, data, options, size);
    if (!scene || !options.zoom) return options;
    const [from, to] = options.zoom;
    const by = (dx / scene.box.width) * (to - from);
    return zoomedTo(options, scene, [from - by, to - by]);
  },

  wheel(hit, turn, state, options, size, data) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return options;
    const [from, , to] = scene.domain;
    return zoomedTo(options, scene, zoomRange([from, to], valueX(scene, hit.x), 0.8 ** turn));
  },

  reset({ zoom: _zoom, ...options }) {
    return options;
  },
};

function zoomedTo(options: SpectrumOptions, { all }: SpectrumScene, range: readonly [number, number]): SpectrumOptions {
  const { zoom: _zoom, ...rest } = options;
  const zoom = keepRange(range, all, LEAST * (all[1] - all[0]));
  return zoom ? { ...rest, zoom } : rest;
}

function frequencyAt(scene: SpectrumScene, x: number, { log }: SpectrumOptions): number {
  const value = valueX(scene, x);
  return log ? 10 ** value : value;
}

/** Density at a frequency. */
function at({ density, binHz }: Curve, hz: number): number {
  return density[Math.min(density.length - 1, Math.max(0, Math.round(hz / binHz)))] ?? Number.NaN;
}

/** Which line is which, above them. */
function legend({ box, curves }: SpectrumScene): Mark[] {
  const room = Math.floor(box.width / 6.6);
  return curves.map(({ label, color }, i): Mark => {
    const text = label.length > room ? `${label.slice(0, Math.max(1, room - 1))}…` : label;
    return { kind: 'label', x: box.x + 2, y: 10 + LEGEND * i, text, align: 'left', tone: 'plain', color };
  });
}
