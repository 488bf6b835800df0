import type { Mark } from '../gl/mark.ts';
import { contactMarks } from './probeContactMarks.ts';
import { contactsOf } from './probeContacts.ts';
import { placesOf, probeQuery } from './probeData.ts';
import { legendMarks } from './probeLegend.ts';
import { nodeLabel, type ProbeOptions, probeParams } from './probeOptions.ts';
import { contactAt, unitsInside } from './probePointer.ts';
import { contactBox, domainAt, sceneOf, zoomed } from './probeScene.ts';
import { unitAt, unitMarks, unitPixel } from './probeUnits.ts';
import { probeExplain, probeSummary, probeTable, readContact, readUnit } from './probeWords.ts';
import type { View } from './view.ts';

const ACTIVITIES = ['none', 'rms', 'rate'] as const;

export const probe: View<ProbeOptions> = {
  name: 'probe',
  label: 'Probe',
  help: 'Where the contacts sit and where units are located. Contacts of selected units have their colours; framed are those the first selected unit is kept on. Click a unit to select it, ctrl+click to add it, shift+drag around several; click a contact to go to its channel. Drag moves (in 3D: turns), wheel zooms, double click shows all.',
  params: probeParams,
  bar: ['activity', 'solid', 'node'],
  commands: [
    {
      id: 'activity',
      label: 'Activity: none, RMS, firing rate',
      keys: ['Alt+p'],
      run: (o) => ({ ...o, activity: ACTIVITIES[(ACTIVITIES.indexOf(o.activity) + 1) % 3]! }),
    },
    { id: 'solid', label: '2D or 3D', keys: ['Shift+p'], run: (o) => ({ ...o, solid: !o.solid }) },
    {
      id: 'names',
      label: 'Channel names on or off',
      keys: ['Alt+c'],
      run: (o) => ({ ...o, channelNames: !o.channelNames }),
    },
    {
      id: 'sparsity',
      label: 'Kept channels of the first unit on or off',
      keys: ['Shift+k'],
      run: (o) => ({ ...o, sparsity: !o.sparsity }),
    },
  ],

  choices({ session }, { activity }) {
    return {
      // In few words: heads are narrow.
      activity: [
        { value: 'none', label: 'Plain' },
        ...(session.nodes.length > 0 ? [{ value: 'rms', label: 'RMS' }] : []),
        ...(session.curation ? [{ value: 'rate', label: 'Rate' }] : []),
      ],
      node:
        activity === 'rms' && session.nodes.length > 1
          ? [
              { value: -1, label: 'All steps' },
              ...session.nodes.map((name, i) => ({ value: i, label: nodeLabel(name) })),
            ]
          : [],
    };
  },

  query: probeQuery,

  draw(state, data, options, size) {
    const marks: Mark[] = [{ kind: 'fill', box: { x: 0, y: 0, ...size }, color: state.palette.background }];
    const { layout } = state.session;
    if (!layout) return marks;
    const scene = sceneOf(layout, options, size, data);
    marks.push(...contactMarks(scene, state, data, options));
    marks.push(...unitMarks(scene, state, data, options));
    marks.push(...legendMarks(layout, scene, state, data, options));
    return marks;
  },

  empty({ session }) {
    if (session.layout) return undefined;
    if (!session.recording) return session.stations.recording.error?.message ?? 'No recording is open yet.';
    return 'This recording carries no probe. Choose one at the station Probe.';
  },

  summary: probeSummary,
  explain: probeExplain,
  table: (state, data) => probeTable(state, data),

  read(hit, state, data, options, size) {
    const { layout } = state.session;
    if (!layout) return undefined;
    const scene = sceneOf(layout, options, size, data);
    const unit = unitAt(hit, scene, state, data, options);
    if (unit) return readUnit(unit, state);
    const channel = contactAt(hit, scene);
    return channel === undefined ? undefined : readContact(channel, layout, state, data, options);
  },

  point(hit, state, data, options, size) {
    const { layout } = state.session;
    if (!layout) return undefined;
    const scene = sceneOf(layout, options, size, data);
    const unit = unitAt(hit, scene, state, data, options);
    if (unit) return { unitId: unit.unitId };
    const channel = contactAt(hit, scene);
    return channel === undefined ? undefined : { channel };
  },

  echo({ unitId, channel }, state, data, options, size) {
    const { layout } = state.session;
    if (!layout) return [];
    const scene = sceneOf(layout, options, size, data);
    const place = unitId === undefined ? undefined : placesOf(data)?.find((one) => one.unitId === unitId);
    const inside = ({ x, y }: { x: number; y: number }) => x >= 0 && y >= 0 && x <= size.width && y <= size.height;
    const at = place && unitPixel(scene, place);
    const box = channel !== undefined && channel < layout.x.length ? contactBox(scene, channel) : undefined;
    return [
      ...(at && inside(at) ? [{ kind: 'ring', ...at, radius: 8 } as const] : []),
      ...(box && inside(box) ? [{ kind: 'frame', box } as const] : []),
    ];
  },

  pick(hit, state, data, options, size) {
    const { layout } = state.session;
    if (!layout) return undefined;
    const scene = sceneOf(layout, options, size, data);
    const unit = unitAt(hit, scene, state, data, options);
    if (unit) return { kind: 'select', unitId: unit.unitId, add: hit.ctrl || hit.shift };
    const channel = contactAt(hit, scene);
    return channel === undefined ? undefined : { kind: 'focus', focus: { channel } };
  },

  lasso(line, state, data, options, size) {
    const { layout } = state.session;
    const unitIds = layout ? unitsInside(line, sceneOf(layout, options, size, data), state, data) : [];
    return unitIds.length > 0 ? { kind: 'units', unitIds, add: false } : undefined;
  },

  drag({ dx, dy }, { session: { layout } }, options, size, data) {
    if (!layout) return options;
    if (options.solid) {
      const [yaw, pitch] = options.turn;
      const turned = (((yaw + 0.5 * dx) % 360) + 360) % 360;
      return { ...options, turn: [turned, Math.min(85, Math.max(-85, pitch + 0.5 * dy))] };
    }
    const { box, domain } = sceneOf(layout, options, size, data);
    const [x0, y0, x1, y1] = domain;
    const mx = (dx / box.width) * (x1 - x0);
    const my = (dy / box.height) * (y1 - y0);
    return { ...options, zoom: [x0 - mx, y0 + my, x1 - mx, y1 + my] };
  },

  wheel(hit, turn, { session: { layout } }, options, size, data) {
    if (!layout) return options;
    const scene = sceneOf(layout, options, size, data);
    const domain = zoomed(scene.domain, domainAt(scene, hit.x, hit.y), 0.8 ** turn);
    return options.solid ? { ...options, solidZoom: [...domain] } : { ...options, zoom: [...domain] };
  },

  reset({ zoom: _zoom, solidZoom: _solidZoom, ...options }) {
    return { ...options, turn: probeParams.parse({}).turn };
  },

  /** A channel that was picked elsewhere comes to the middle if it is out of sight. */
  follow({ channel }, { session: { layout } }, options) {
    const { zoom, solid } = options;
    if (!layout || !zoom || solid || channel === undefined || channel >= layout.x.length) return options;
    const contacts = contactsOf(layout, options.trueGaps);
    const [x, y] = [contacts.x[channel]!, contacts.y[channel]!];
    const [x0, y0, x1, y1] = zoom;
    if (x > x0 && x < x1 && y > y0 && y < y1) return options;
    const [w, h] = [(x1 - x0) / 2, (y1 - y0) / 2];
    return { ...options, zoom: [x - w, y - h, x + w, y + h] };
  },
};
