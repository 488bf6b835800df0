import type { SessionState, StationInfo } from '../../core/shared/api.ts';

/** What the traces of a session depend on. */
export function traceVersion({ session, folder }: SessionState): string {
  return JSON.stringify([folder, session.recording, session.probe, session.preprocess]);
}

/** What a unit's templates and waveforms depend on besides its id: ids are never used again for other spikes. */
export function unitVersion(state: SessionState): string {
  const { session, stations } = state;
  const sorted = JSON.stringify([session.sorter, session.sorting, session.analyzer]);
  return [traceVersion(state), sorted, progress(stations.sort), progress(stations.analyze)].join();
}

/** What tables and places of all units depend on. */
export function curationVersion(state: SessionState): string {
  const units = state.curation?.units.map((unit) => unit.unitId).join(' ') ?? '';
  return `${unitVersion(state)},${units}`;
}

/** How a running station gets on does not matter; that it ended does. */
function progress(station: StationInfo): string {
  return station.state === 'done' ? `done ${station.detail}` : station.state;
}
