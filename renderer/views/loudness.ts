import { z } from '../../core/shared/zod.ts';
import type { Mark } from '../gl/mark.ts';
import { leftAxis, plain } from './axis.ts';
import {
  explainLooks,
  type Look,
  looksOf,
  looksQuery,
  noLooks,
  sessionChannel,
  sidesOf,
  stretchOf,
} from './chainLooks.ts';
import { channelAt, colorsOf, type Loud, loudOf, probesOf, rectsOf } from './loudnessProbes.ts';
import { contactBox } from './probeScene.ts';
import type { View, ViewState } from './view.ts';

const params = z.object({
  what: z
    .enum(['rms', 'crossings'])
    .default('rms')
    .describe(
      'What the shade of a contact tells: how loud the channel is, or how often it crosses the threshold a second.',
    )
    .meta({ title: 'Shade' }),
});
type LoudnessOptions = z.output<typeof params>;

export const loudness: View<LoudnessOptions> = {
  name: 'loudness',
  label: 'Loudness on the probe',
  help: 'How loud each channel is before and after the step that is chosen in the list (or all steps), in the stretch the traces show. The same shade is the same loudness on both sides where both have the same unit. Dead and noisy channels stand out. Click a channel to see it in other views.',
  params,
  bar: ['what'],
  marksWindow: true,
  showsChain: true,

  query(state) {
    const stretch = stretchOf(state);
    return stretch && state.session.nodes.length > 0 ? looksQuery(state, stretch, {}) : {};
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const marks: Mark[] = [{ kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background }];
    const { before, after } = looksOf(state, data);
    for (const { look, scene, loud } of probesOf(before, after, options.what, size)) {
      const { box, domain } = scene;
      marks.push({ kind: 'rects', box, domain, rects: rectsOf(scene), colors: colorsOf(loud, palette) });
      if (look.name === 'before') marks.push(...leftAxis({ box, from: domain[1], to: domain[3], unit: 'µm', palette }));
      marks.push(...titles(look, loud, box.x, box.width));
    }
    return marks;
  },

  empty(state, _options, data) {
    const { before, after } = looksOf(state, data);
    return (
      noLooks(state) ??
      (before && after && !before.look.layout && !after.look.layout
        ? 'Without a probe there is no place to show it: choose one at the station Probe.'
        : undefined)
    );
  },

  summary(state, data, { what }) {
    const { before, after } = looksOf(state, data);
    if (!before || !after) return '';
    if (sidesOf(state).off) return 'the step is switched off: both are the same';
    const unit = what === 'rms' ? `RMS, ${after.look.unit}` : 'crossings of the threshold a second';
    return before.look.unit === after.look.unit || what !== 'rms' ? unit : 'RMS, each in its unit';
  },

  explain(state, data) {
    return [
      ...explainLooks(state, data),
      ['RMS', 'standard deviation of each channel in the stretch, of evenly spaced frames'],
      ['Crossings', 'how often a channel falls below its median less 5 times its noise, a second'],
    ];
  },

  table(state, data) {
    const { before, after } = looksOf(state, data);
    if (!before || !after) return [];
    const of = (look: Look, id: string | number, what: 'rms' | 'crossings') => {
      const c = look.look.channelIds.indexOf(id);
      return c < 0 ? Number.NaN : (loudOf(look, what).values[c] ?? Number.NaN);
    };
    return [
      [
        'channel',
        `RMS before (${before.look.unit})`,
        `RMS after (${after.look.unit})`,
        'crossings before (1/s)',
        'crossings after (1/s)',
      ],
      ...before.look.channelIds.map((id) => [
        String(id),
        of(before, id, 'rms'),
        of(after, id, 'rms'),
        of(before, id, 'crossings'),
        of(after, id, 'crossings'),
      ]),
    ];
  },

  read({ x, y }, state, data, { what }, size) {
    const { before, after } = looksOf(state, data);
    const at = channelAt(x, y, probesOf(before, after, what, size));
    if (!at) return undefined;
    const id = at.look.look.channelIds[at.channel];
    const told = [before, after].flatMap((look) => {
      const c = id === undefined ? -1 : (look?.look.channelIds.indexOf(id) ?? -1);
      if (!look || c < 0) return [];
      const { values, unit } = loudOf(look, what);
      return [`${look.side.label} ${plain(Number(values[c]!.toPrecision(3)))} ${unit}`];
    });
    return [`channel ${id}`, ...told].join(' · ');
  },

  point({ x, y }, state, data, { what }, size) {
    const channel = pickedChannel(state, data, what, size, x, y);
    return channel === undefined ? undefined : { channel };
  },

  echo({ channel }, state, data, { what }, size) {
    const { before, after } = looksOf(state, data);
    const id = channel === undefined ? undefined : state.session.recording?.channelIds[channel];
    if (id === undefined) return [];
    return probesOf(before, after, what, size).flatMap(({ look, scene }) => {
      const c = look.look.channelIds.indexOf(id);
      return c < 0 ? [] : [{ kind: 'frame', box: contactBox(scene, c) } as const];
    });
  },

  pick({ x, y }, state, data, { what }, size) {
    const channel = pickedChannel(state, data, what, size, x, y);
    return channel === undefined ? undefined : { kind: 'focus', focus: { channel } };
  },
};

function pickedChannel(
  state: ViewState,
  data: Parameters<typeof looksOf>[1],
  what: 'rms' | 'crossings',
  size: Parameters<typeof probesOf>[3],
  x: number,
  y: number,
): number | undefined {
  const { before, after } = looksOf(state, data);
  const at = channelAt(x, y, probesOf(before, after, what, size));
  return at && sessionChannel(state, at.look.look, at.channel);
}

/** Which side it is, and the values of the darkest and the brightest contact, as much as has room. */
function titles(look: Look, { range, unit }: Loud, x: number, width: number): Mark[] {
  const short = (v: number) => plain(Number(v.toPrecision(2)));
  const fit = (texts: readonly string[]) => texts.find((text) => 6.6 * text.length <= width) ?? '';
  const name = fit([look.side.label, look.name]);
  const values = fit([`${short(range[0])} to ${short(range[1])} ${unit}`, `${short(range[0])}–${short(range[1])}`]);
  return [
    { kind: 'label', x: x + 2, y: 9, text: name, align: 'left', tone: 'strong' },
    { kind: 'label', x: x + 2, y: 23, text: values, align: 'left', tone: 'dim' },
  ];
}
