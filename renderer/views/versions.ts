import type { SessionState, StationInfo } from '../../core/shared/api.ts';
import { memo } from './memo.ts';

/** What the traces of a session depend on. */
export function traceVersion(state: SessionState): string {
  return memo(state, 'trace version', () => {
    const { session, folder } = state;
    return short(JSON.stringify([folder, session.recording, session.probe, session.preprocess]));
  });
}

/** What the recording before all steps depends on. */
export function sourceVersion(state: SessionState): string {
  return memo(state, 'source version', () => {
    const { session, folder } = state;
    return short(JSON.stringify([folder, session.recording, session.probe]));
  });
}

/** What a unit's templates and waveforms depend on besides its id: ids are never used again for other spikes. */
export function unitVersion(state: SessionState): string {
  return memo(state, 'unit version', () => {
    const { session, stations } = state;
    const sorted = JSON.stringify([session.sorter, session.sorting, session.analyzer]);
    return short([traceVersion(state), sorted, progress(stations.sort), progress(stations.analyze)].join());
  });
}

/** What tables and places of all units depend on. */
export function curationVersion(state: SessionState): string {
  return memo(state, 'curation version', () => {
    const units = state.curation?.units.map(({ unitId }) => unitId).join(' ') ?? '';
    return short(`${unitVersion(state)},${units}`);
  });
}

/** How a running station gets on does not matter; that it ended does. */
function progress(station: StationInfo): string {
  return station.state === 'done' ? `done ${station.detail}` : station.state;
}

const known = new Map<string, string>();

/** A few letters for each different text: versions are part of every key of the cache. */
function short(text: string): string {
  const found = known.get(text);
  if (found !== undefined) return found;
  const made = `v${known.size}`;
  known.set(text, made);
  return made;
}
