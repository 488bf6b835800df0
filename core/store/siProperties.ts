import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { channelLayout } from '../shared/probe.ts';
import type { Property, RecordingInfo } from '../shared/recording.ts';
import { fileNameFor } from './fileName.ts';
import { writeNpy } from './npy.ts';

/** The SpikeInterface version whose folders are written; 0.101 opens them too. */
export const SI_VERSION = '0.105.3';

/** What heads every JSON of SpikeInterface that describes an object. */
export function siClass(name: string) {
  return { class: `spikeinterface.${name}`, module: 'spikeinterface', version: SI_VERSION };
}

/**
 * What SpikeInterface keeps as properties of a recording: gains, offsets, and the group (shank) of each channel, without
 * which 0.105 cannot take channels out of a recording with a probe.
 */
export function recordingProperties(info: RecordingInfo): Readonly<Record<string, Property>> {
  const { properties, gainToUv, offsetToUv } = info;
  const group = properties.group ?? groupsOf(info);
  return {
    ...properties,
    ...(group && { group }),
    ...(gainToUv && { gain_to_uV: gainToUv, offset_to_uV: offsetToUv ?? gainToUv.map(() => 0) }),
  };
}

/** Probes and their shanks, numbered in order. */
function groupsOf({ probe, channelIds }: RecordingInfo): readonly number[] | undefined {
  const layout = probe && channelLayout(probe, channelIds.length);
  if (!layout) return undefined;
  const names = layout.shank.map((shank, channel) => `${String(layout.probe[channel]).padStart(6, '0')} ${shank}`);
  const order = [...new Set(names)].sort();
  return names.map((name) => order.indexOf(name));
}

/** properties/NAME.npy, a value a channel or unit: whole numbers as int64, others as float64, text as unicode. */
export async function writeSiProperties(folder: string, properties: Readonly<Record<string, Property>>): Promise<void> {
  const inside = join(folder, 'properties');
  mkdirSync(inside, { recursive: true });
  for (const [name, values] of Object.entries(properties)) {
    if (values.length === 0) continue;
    await writeNpy(join(inside, `${fileNameFor(name)}.npy`), propertyArray(values));
  }
}

function propertyArray(values: Property) {
  const shape = [values.length];
  if (isText(values)) return { dtype: '<U', shape, data: values };
  if (isFlags(values)) return { dtype: '|b1', shape, data: values };
  const numbers = values.map(Number);
  return { dtype: numbers.every(Number.isSafeInteger) ? '<i8' : '<f8', shape, data: numbers };
}

function isText(values: Property): values is readonly string[] {
  return typeof values[0] === 'string';
}

function isFlags(values: Property): values is readonly boolean[] {
  return typeof values[0] === 'boolean';
}
