import { findEntry } from '../shared/entry.ts';
import type { ProbeGroup } from '../shared/probe.ts';
import { probeGenerators } from '../shared/probeGenerators.ts';

/** Contacts 20 µm apart in `columns` columns, or in one where that many do not divide the channels. */
export function columnsProbe(channels: number, columns: number): ProbeGroup {
  const even = channels % columns === 0 ? columns : 1;
  return findEntry(probeGenerators, 'probe', 'multi_columns').make({ num_columns: even }, channels);
}
