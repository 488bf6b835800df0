import type { Probe } from '../shared/probe.ts';
import { electrodePosition, interSampleShift, type NeuropixelsProbe, neuropixelsContour } from './neuropixels.ts';
import { type ImroTable, readoutChannel } from './spikeglxImro.ts';
import { type Meta, metaTable } from './spikeglxMeta.ts';

export interface GlxProbe {
  /** Contacts in the order of the channels asked for, wired to them. */
  readonly probe: Probe;
  readonly interSampleShift?: readonly number[];
}

/**
 * Where the channels of a stream sit. `acquired`: their numbers among those acquired, sync left out. By imroTbl and the
 * probe's data sheet, else by the map of positions that newer SpikeGLX writes. Undefined if neither tells.
 */
export function glxProbe(meta: Meta, imro: ImroTable | undefined, acquired: readonly number[]): GlxProbe | undefined {
  const count = imro?.electrodes.length ?? 0;
  const readout = acquired.map((channel) => readoutChannel(meta, channel, count));
  const model = imro?.probe;
  if (imro && model && readout.every((channel) => imro.electrodes[channel]))
    return {
      probe: fromImro(meta, imro, model, readout),
      interSampleShift: readout.map((channel) => interSampleShift(model, channel)),
    };
  return fromGeometryMap(meta, imro?.partNumber ?? '', acquired.length);
}

function fromImro(meta: Meta, imro: ImroTable, model: NeuropixelsProbe, readout: readonly number[]): Probe {
  const electrodes = readout.map((channel) => imro.electrodes[channel]!);
  const several = model.shanks > 1;
  const first = electrodes[0];
  const apGain = model.apGain ?? first?.apGain;
  return {
    ndim: 2,
    si_units: 'um',
    annotations: {
      model_name: imro.partNumber,
      manufacturer: 'imec',
      part_number: imro.partNumber,
      ...optional('serial_number', meta.values.get('imDatPrb_sn') ?? meta.values.get('imProbeSN')),
      ...optional('port', meta.values.get('imDatPrb_port')),
      ...optional('slot', meta.values.get('imDatPrb_slot')),
      adc_bit_depth: model.adcBits,
      adc_range_vpp: model.adcRangeVpp,
      ...optional('ap_gain', apGain),
      ...optional('lf_gain', first?.lfGain),
    },
    contact_annotations: {},
    contact_positions: electrodes.map((e) => electrodePosition(model, e.shank, e.electrode)),
    contact_shapes: electrodes.map(() => 'square'),
    contact_shape_params: electrodes.map(() => ({ width: model.contactSize })),
    contact_ids: electrodes.map((e) => (several ? `s${e.shank}e${e.electrode}` : `e${e.electrode}`)),
    ...(several && { shank_ids: electrodes.map((e) => String(e.shank)) }),
    probe_planar_contour: neuropixelsContour(model),
    device_channel_indices: readout.map((_, i) => i),
  };
}

/** snsGeomMap: (type,shanks,shankPitch,shankWidth)(shank:x:y:used)…, x within its shank. One entry a saved channel. */
function fromGeometryMap(meta: Meta, partNumber: string, channels: number): GlxProbe | undefined {
  const table = metaTable(meta, 'snsGeomMap');
  if (!table || table.length !== channels + 1) return undefined;
  const [, shanks = 1, pitch = 0] = table[0]!.split(',').map(Number);
  const places = table.slice(1).map((entry) => entry.split(':').map(Number));
  if (!places.every((place) => place.slice(0, 3).length === 3 && place.every(Number.isFinite))) return undefined;
  const shankIds = places.map(([shank = 0]) => String(shank));
  return {
    probe: {
      ndim: 2,
      si_units: 'um',
      annotations: { manufacturer: 'imec', ...(partNumber && { model_name: partNumber, part_number: partNumber }) },
      contact_annotations: {},
      contact_positions: places.map(([shank = 0, x = 0, y = 0]) => [
        x + shank * (Number.isFinite(pitch) ? pitch : 0),
        y,
      ]),
      contact_shapes: places.map(() => 'square'),
      contact_shape_params: places.map(() => ({ width: 12 })),
      ...(shanks > 1 && { shank_ids: shankIds }),
      device_channel_indices: places.map((_, i) => i),
    },
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  const out: { [P in K]?: V } = {};
  if (value !== undefined && value !== '') out[key] = value;
  return out;
}
