import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAnalyzer } from '../analyzer/analyzer.ts';
import { readContents } from '../analyzer/contents.ts';
import { sortingFormats } from '../formats/index.ts';
import { makeDemo } from '../generate/demo.ts';
import { checkNames } from '../pipeline/checkNames.ts';
import { defaultSession } from '../pipeline/defaults.ts';
import { initialUnitsOf } from '../pipeline/initialUnits.ts';
import { type Place, placeFor } from '../pipeline/place.ts';
import { readSession } from '../pipeline/sessionFile.ts';
import { infoOf } from '../pipeline/source.ts';
import { forSession } from '../pipeline/workspace.ts';
import type { OpenArgs, SessionState } from '../shared/api.ts';
import { findEntry } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Found, OpenedSorting } from '../shared/lists.ts';
import { probeJson } from '../shared/probeJsonWrite.ts';
import type { Progress } from '../shared/progress.ts';
import { chain, isStep, type RecordingSpec, type SourceSpec } from '../shared/recording.ts';
import type { Session } from '../shared/session.ts';
import type { z } from '../shared/zod.ts';
import type { Desk } from './desk.ts';
import { phyLayout } from './phyLayout.ts';
import { addRecent } from './recents.ts';
import { resultsAt } from './results.ts';

/** Lay a session on the desk: one that is there, or one proposed for what was opened. Changes nothing in what is opened. */
export async function* open(desk: Desk, args: OpenArgs, signal: AbortSignal): AsyncGenerator<Progress, SessionState> {
  if (desk.isOpen && desk.opened.running)
    throw new UserError('the session is running', { hint: 'Cancel, or wait for its end, then open another.' });
  if (args.kind === 'session') await openSession(desk, sessionFile(args.path));
  else if (args.kind === 'recording') await openRecording(desk, args.found);
  else if (args.kind === 'sorting') await openSorting(desk, args.format, args.path);
  else await openSession(desk, yield* demo(desk, args, signal));
  return desk.publish();
}

function sessionFile(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, 'session.json') : path;
}

async function openSession(desk: Desk, file: string): Promise<void> {
  const session = await readSession(file);
  checkNames(session);
  await desk.open({ session, file }, { saved: true });
  await remember(desk, file, session.name);
}

async function* demo(
  { options: { dataFolder, compute } }: Desk,
  { seed = 0, folder = join(dataFolder, seed === 0 ? 'demo' : `demo-${seed}`) }: { seed?: number; folder?: string },
  signal: AbortSignal,
): AsyncGenerator<Progress, string> {
  const file = join(folder, 'session.json');
  if (!existsSync(file)) yield* makeDemo(folder, { seed }, compute, signal);
  return file;
}

async function openRecording(desk: Desk, found: Found): Promise<void> {
  const { spec, asks } = found;
  const place = await placeFor(spec, desk.options.dataFolder);
  if (existsSync(place.file)) return openSession(desk, place.file);
  const info = await infoOf(spec);
  const session = defaultSession(spec, info, folderOfPlace(place));
  await desk.open({ session, file: place.file }, { pending: asks, ...noticesOf(place) });
  await remember(desk, spec.paths[0] ?? '', session.name);
}

/** A sorting made elsewhere, to be looked at and curated as it is; with its recording, if that is found, also analyzed. */
async function openSorting(desk: Desk, format: string, path: string): Promise<void> {
  const place = await placeFor({ paths: [path], params: {} }, desk.options.dataFolder);
  if (existsSync(place.file)) return openSession(desk, place.file);
  const opened = await findEntry(sortingFormats, 'sorting format', format).open(path);
  const folder = folderOfPlace(place);
  const analyzer = isAnalyzer(path) ? await readContents(path) : undefined;
  const recording: RecordingSpec | undefined = analyzer?.recording ?? opened.recording;
  const source = sourceOfChain(recording);
  const info = source && (await infoOf(source).catch(() => undefined));
  const { sorter: _, ...proposed } = defaultSession(source ?? unknownRecording(path, opened), info, folder);
  const session: Session = {
    ...proposed,
    ...(source?.probe && { probe: { probeinterface: plainJson(probeJson(source.probe)) } }),
    ...(recording && isStep(recording) && { preprocess: stepsOf(recording) }),
    sorting: { format, path: forSession(folder, path) },
  };
  const { compute } = desk.options;
  const numFrames = info?.numFrames;
  const results = resultsAt(
    analyzer ? { kind: 'analyzer', folder: path } : { kind: 'sorting', format, path, ...(numFrames && { numFrames }) },
    compute,
  );
  const said = info !== undefined || opened.warnings.some((warning) => warning.includes('raw data'));
  const notices = said ? opened.warnings : [...opened.warnings, NO_RECORDING];
  const layout = analyzer?.layout ?? (info ? undefined : await phyLayout(path));
  await desk.open(
    { session, file: place.file },
    {
      ...noticesOf(place, notices),
      borrowed: {
        units: initialUnitsOf(opened),
        results,
        ...(analyzer && { analyzer: path, info: analyzer.info }),
        ...(layout && { layout }),
      },
    },
  );
  await remember(desk, path, session.name);
}

const NO_RECORDING =
  'The recording it was made from was not found: for traces, and to compute anything anew, choose it at the Recording station.';

function sourceOfChain(spec: RecordingSpec | undefined): SourceSpec | undefined {
  const first = spec && chain(spec)[0];
  return first && !isStep(first) ? first : undefined;
}

function stepsOf(spec: RecordingSpec): Session['preprocess'] {
  return chain(spec)
    .filter(isStep)
    .map(({ step, params }) => ({
      step,
      params: { ...params } as Session['preprocess'][number]['params'],
      enabled: true,
    }));
}

/** Stands for a recording that the sorting does not tell: the Recording station says so and asks for it. */
function unknownRecording(path: string, { sorting }: OpenedSorting): SourceSpec {
  const params = { sampling_frequency: sorting.samplingFrequency };
  return { format: 'binary', paths: [join(path, 'recording.dat')], params };
}

/** Without `undefined`, as session.json has it. */
function plainJson(value: Json): z.infer<ReturnType<typeof z.json>> {
  return JSON.parse(JSON.stringify(value));
}

function folderOfPlace({ file }: Place): string {
  return join(file, '..');
}

function noticesOf({ notice }: Place, more: readonly string[] = []): { notices: readonly string[] } {
  return { notices: notice === undefined ? more : [notice, ...more] };
}

/** Best effort: a session opens although the list of recents cannot be written. */
async function remember(desk: Desk, path: string, name: string): Promise<void> {
  await addRecent(desk.options.dataFolder, path, name).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
  });
}
