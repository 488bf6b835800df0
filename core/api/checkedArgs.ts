import type { Api } from '../shared/api.ts';
import { curationEventSchema } from '../shared/curation.ts';
import type { AnyMethod } from '../shared/rpc.ts';
import { stations } from '../shared/session.ts';
import { z } from '../shared/zod.ts';

const path = z.string().min(1).max(4096);
const unitId = z.union([z.number(), z.string().max(200)]);
const unitIds = z.array(unitId).max(100_000);
const node = z.number().int().min(0);
const frame = z.number().int();
const segment = z.number().int().min(0);
const source = z.object({ format: z.string(), paths: z.array(path).min(1).max(10_000), params: z.looseObject({}) });
const found = z.object({ label: z.string(), spec: source, asks: z.array(z.string()) });
const order = z.enum(['depth', 'shank', 'number']);
const steps = z.array(z.looseObject({ step: z.string(), params: z.looseObject({}), enabled: z.boolean() })).max(1000);
const nothing = z.undefined();

/** What each method may be called with (more is passed over); session.json and parameters are checked again, by name, where they are used. */
const shapes: Readonly<Record<keyof Api, z.ZodType>> = {
  catalogue: nothing,
  recents: nothing,
  inspect: z.object({ path }),
  open: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('session'), path }),
    z.object({ kind: z.literal('recording'), found }),
    z.object({ kind: z.literal('sorting'), format: z.string(), path }),
    z.object({ kind: z.literal('demo'), seed: z.number().int().optional(), folder: path.optional() }),
  ]),
  watch: nothing,
  close: nothing,
  edit: z.looseObject({}),
  run: z.object({ stations: z.array(z.enum(stations)), from: z.enum(stations).optional() }),
  traces: z.object({
    node,
    segment,
    order,
    framesAColumn: z.number().int().min(1),
    firstTile: z.number().int().min(0),
    endTile: z.number().int().min(0),
  }),
  preview: z.object({
    steps,
    segment,
    startS: z.number(),
    endS: z.number(),
    order,
    tiles: z.boolean(),
    channelId: z.union([z.number(), z.string()]).optional(),
  }),
  badChannels: z.object({ steps }),
  units: nothing,
  waveforms: z.object({ unitIds, maxSpikes: z.number().int().min(0).max(100_000) }),
  correlograms: z.object({ unitIds, windowMs: z.number().positive(), binMs: z.number().positive() }),
  places: nothing,
  spikes: z.object({ unitIds, segment, startFrame: frame, endFrame: frame }),
  isi: z.object({ unitIds, windowMs: z.number().positive(), binMs: z.number().positive() }),
  rates: z.object({ unitIds, bins: z.number().int().min(1).max(100_000) }),
  amplitudes: z.object({ unitIds, maxSpikes: z.number().int().min(0).max(1_000_000) }),
  similar: z.object({ unitId, most: z.number().int().min(1).max(100_000) }),
  activity: z.object({ node }),
  sparsity: z.object({ unitId }),
  nextSpike: z.object({ unitIds, segment, frame, direction: z.enum(['next', 'previous']) }),
  settings: nothing,
  keepSetting: z.object({ name: z.string().min(1).max(100), value: z.json() }),
  curate: z.union([curationEventSchema, z.object({ type: z.literal('merge'), unitIds })]),
  export: z.object({ name: z.string(), folder: path, params: z.looseObject({}) }),
  save: z.object({ saver: z.string(), folder: path, params: z.looseObject({}) }),
};

/** `api` whose methods refuse arguments of another shape before anything is done with them. */
export function checkedArgs(api: Api): Api {
  const checked = Object.entries<AnyMethod>({ ...api }).map(([name, method]): [string, AnyMethod] => {
    const shape = shapes[name as keyof Api];
    return [
      name,
      async function* (args, signal) {
        const { error } = shape.safeParse(args);
        if (error) throw new Error(`${name} was called with other arguments than it takes: ${z.prettifyError(error)}`);
        return yield* method(args, signal);
      },
    ];
  });
  return Object.fromEntries(checked) as unknown as Api;
}
