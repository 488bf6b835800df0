import { noiseLevels } from '../compute/noiseLevels.ts';
import { randomSlices } from '../compute/randomSlices.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Step } from '../shared/lists.ts';
import type { Recording, RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { envelope, envelopePeriods } from './envelopePeriods.ts';
import { asRows, type PeriodRows, periodRows, periodsOf } from './periods.ts';
import { saturationParams, saturationPeriods, saturationThresholds } from './saturationPeriods.ts';
import { applySilencing, type Silencing, silenceMode, silencing } from './silencing.ts';

const NAME = 'detect_and_remove_artifacts';

const slicesParams = z.strictObject({
  num_chunks_per_segment: z.int().min(1).optional(),
  chunk_duration: z.union([z.string(), z.number()]).optional(),
  chunk_size: z.int().min(1).optional(),
  seed: z.int().nullable().optional(),
});

/** What each method takes in method_kwargs. */
const methods = {
  envelope: z.strictObject({
    detect_threshold: z.number().positive().default(5),
    apply_envelope_common_reference: z.boolean().default(false),
    freq_max: z.number().positive().default(20),
    random_slices_kwargs: slicesParams.default({}),
  }),
  saturation: z.strictObject(saturationParams),
};

const params = z.object({
  method: z
    .enum(['envelope', 'saturation'])
    .default('envelope')
    .describe(
      'What an artefact is. envelope: most channels are loud at once, for movement and stimulation. saturation: many channels beyond a voltage, for the raw recording.',
    )
    .meta({ title: 'Method' }),
  method_kwargs: z
    .record(z.string(), z.json())
    .nullable()
    .default(null)
    .describe(
      'Parameters of the method. envelope: detect_threshold (5), freq_max (20 Hz), apply_envelope_common_reference (false). saturation: saturation_threshold_uV, diff_threshold_uV, proportion (0.2). Empty: as usual.',
    )
    .meta({ title: 'Parameters of the method' }),
  mode: silenceMode,
  apodization: z
    .int()
    .min(1)
    .default(7)
    .describe('For "apodization": how many frames the soft ends take. Usually 7.')
    .meta({ title: 'Soft ends', unit: 'frames', advanced: true }),
  noise_levels_kwargs: z
    .record(z.string(), z.json())
    .nullable()
    .default(null)
    .describe('For "noise": how the noise is measured, {"method": "mad"} or "std". Empty: mad.')
    .meta({ title: 'How noise is measured', advanced: true }),
  seed: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Which random pieces the envelope is measured on, and which noise. Empty is 0.')
    .meta({ title: 'Seed', advanced: true }),
  artifact_periods: periodRows
    .nullable()
    .default(null)
    .describe(
      'Known periods instead of detected ones: rows of {segment_index, start_sample_index, end_sample_index}, in frames.',
    )
    .meta({ title: 'Known periods', advanced: true }),
});

type Params = z.output<typeof params>;

const noiseKwargs = z.strictObject({ method: z.enum(['mad', 'std', 'rms']).default('mad') });

/** One of the parameters that are objects, checked; a UserError names what is wrong inside. */
function inside<S extends z.ZodObject>(param: string, schema: S, given: Params['method_kwargs']): z.output<S> {
  const result = schema.safeParse(given ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = [param, ...(issue?.path ?? [])].join('.');
  throw new UserError(`step "${NAME}", ${field}: ${issue?.message ?? 'wrong value'}`, {
    hint: `It takes: ${Object.keys(schema.shape).join(', ')}`,
  });
}

const learnt = z.object({ periods: periodRows, noise_levels: z.array(z.number()).optional() });

/** As SpikeInterface's detect_and_remove_artifacts, detecting on the recording it is applied to. */
export const detectAndRemoveArtifacts: Step<typeof params, Silencing> = {
  name: NAME,
  label: 'Detect and remove artefacts',
  help: 'Finds stretches of time at which most channels are disturbed at once (movement, stimulation, a saturated amplifier) and silences them on all channels. The recipe keeps what was found.',
  params,
  info(parent, params) {
    inside('noise_levels_kwargs', noiseKwargs, params.noise_levels_kwargs);
    if (params.artifact_periods) periodsOf(NAME, 'artifact_periods', params.artifact_periods, parent);
    else if (params.method === 'saturation')
      saturationThresholds(NAME, parent, inside('method_kwargs', methods.saturation, params.method_kwargs));
    else envelope(noTraces(parent), inside('method_kwargs', methods.envelope, params.method_kwargs));
    return parent;
  },
  margin: () => 0,
  async fit(parent, params, signal, slices): Promise<Readonly<Record<string, Json>>> {
    const periods = params.artifact_periods ?? (await detected(parent, params, signal, slices));
    if (params.mode !== 'noise') return { periods };
    const { method } = inside('noise_levels_kwargs', noiseKwargs, params.noise_levels_kwargs);
    const chunks = slices ?? randomSlices(parent.info, { seed: params.seed ?? 0 });
    return { periods, noise_levels: [...(await noiseLevels(parent, chunks, { method }, signal))] };
  },
  prepare(parent, params, fitted) {
    const result = learnt.safeParse(fitted);
    if (!result.success) throw new Error('detect_and_remove_artifacts: its periods have not been found yet');
    return silencing(parent, periodsOf(NAME, 'artifact_periods', result.data.periods, parent), {
      mode: params.mode,
      taper: params.apodization,
      noiseLevels: result.data.noise_levels ?? [],
      seed: params.seed ?? 0,
    });
  },
  apply: applySilencing,
};

async function detected(
  parent: Recording,
  params: Params,
  signal: AbortSignal,
  slices: Parameters<NonNullable<Step['fit']>>[3],
): Promise<PeriodRows> {
  if (params.method === 'saturation') {
    const kwargs = inside('method_kwargs', methods.saturation, params.method_kwargs);
    const found = await saturationPeriods(NAME, parent, kwargs, signal);
    return asRows(found.map(({ segment, start, end }) => ({ segment, start, end })));
  }
  const { random_slices_kwargs, ...kwargs } = inside('method_kwargs', methods.envelope, params.method_kwargs);
  const { seed: _seed, ...chunks } = random_slices_kwargs;
  const given = Object.fromEntries(Object.entries(chunks).filter(([, value]) => value !== undefined));
  const pieces = slices ?? randomSlices(parent.info, { ...given, seed: params.seed ?? 0 });
  return asRows(await envelopePeriods(NAME, parent, kwargs, pieces, signal));
}

/** To see whether steps can be applied, nothing is read. */
function noTraces(info: RecordingInfo): Recording {
  return { info, read: () => Promise.reject(new Error('nothing to read')), close() {} };
}
