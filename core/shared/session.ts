import { z } from './zod.ts';

export const stations = ['recording', 'probe', 'preprocess', 'sort', 'analyze', 'curate', 'export'] as const;
export type Station = (typeof stations)[number];

/** The version this program writes; a file of a newer one is refused, with both numbers. */
export const SESSION_VERSION = 1;

const params = z
  .record(z.string(), z.json())
  .default({})
  .describe('Parameters by name; those left out have their defaults');

const named = (what: string) =>
  z.strictObject({ name: z.string().min(1).describe(`Name of the ${what}, as \`spikedesk list\` prints it`), params });

const recording = z
  .strictObject({
    format: z.string().min(1).describe('Name of the format'),
    paths: z.array(z.string().min(1)).min(1).describe('File or folder; several files are several segments'),
    params,
  })
  .describe('The recording');

const probe = z
  .union([
    z.strictObject({ file: z.string().min(1).describe('A probeinterface JSON file') }),
    z.strictObject({ generator: z.string().min(1).describe('tetrode, linear or multi_columns'), params }),
    z.strictObject({ probeinterface: z.json().describe('A probe as probeinterface writes it, in place') }),
  ])
  .describe('Which probe; left out: the one the recording carries');

const step = z.strictObject({
  step: z.string().min(1).describe('Name of the preprocessing step, as `spikedesk list` prints it'),
  params,
  enabled: z.boolean().default(true).describe('false: kept in the list, but left out'),
});

const existingSorting = z.strictObject({
  format: z.string().min(1).describe('Name of the sorting format'),
  path: z.string().min(1).describe('Its folder'),
});

const sparsity = z
  .strictObject({
    method: z.literal('radius').default('radius').describe('radius: the channels near the main channel'),
    radius_um: z.number().positive().default(100).describe('How near, in µm; 100 is usual'),
  })
  .prefault({})
  .describe('Which channels are kept for each unit');

const analyzer = z
  .strictObject({
    sparsity,
    extensions: z.array(named('extension')).default([]).describe('What is computed; those they need come with them'),
    metrics: z.array(z.string()).default([]).describe('Quality metrics; empty: all'),
    metric_params: z.record(z.string(), params).default({}).describe('Parameters of metrics, by metric'),
  })
  .prefault({})
  .describe('What is computed from the sorting');

const exported = z.strictObject({
  name: z.string().min(1).describe('Name of the exporter, as `spikedesk list` prints it'),
  folder: z.string().min(1).describe('Where to: a folder that does not exist yet, or an export of ours'),
  params,
});

/** session.json: everything that is done to one recording. Paths are relative to the file's folder or absolute. */
export const sessionSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors: where this schema lies'),
  spikedesk: z.number().int().min(1).describe('Version of this file format'),
  name: z.string().default('').describe('What the window title says'),
  recording,
  probe: probe.optional(),
  preprocess: z.array(step).default([]).describe('Steps in order'),
  sorter: named('sorter').optional().describe('The sorter; left out when a sorting is given'),
  sorting: existingSorting.optional().describe('An existing sorting instead of a sorter'),
  groundTruth: existingSorting.optional().describe('A sorting to measure accuracy against'),
  analyzer,
  exports: z.array(exported).default([]).describe('Where results are exported to'),
});

export type Session = z.output<typeof sessionSchema>;
