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
  z.object({ name: z.string().min(1).describe(`Name of the ${what}, as \`spikedesk list\` prints it`), params });

const probe = z
  .union([
    z.object({ file: z.string().min(1).describe('A probeinterface JSON file') }),
    z.object({ generator: z.enum(['tetrode', 'linear', 'multi_columns']), params }),
  ])
  .describe('Which probe; left out: the one the recording carries');

/** session.json: everything that is done to one recording. Paths are relative to the file's folder or absolute. */
export const sessionSchema = z
  .object({
    spikedesk: z.number().int().min(1).describe('Version of this file format'),
    name: z.string().default('').describe('What the window title says'),
    recording: z
      .object({
        format: z.string().min(1).describe('Name of the format'),
        paths: z.array(z.string().min(1)).min(1).describe('File or folder; several files are several segments'),
        params,
      })
      .describe('The recording'),
    probe: probe.optional(),
    preprocess: z
      .array(z.object({ step: z.string().min(1), params, enabled: z.boolean().default(true) }))
      .default([])
      .describe('Steps in order'),
    sorter: named('sorter').optional().describe('The sorter; left out when a sorting is given'),
    sorting: z
      .object({ format: z.string().min(1), path: z.string().min(1) })
      .optional()
      .describe('An existing sorting instead of a sorter'),
    groundTruth: z
      .object({ format: z.string().min(1), path: z.string().min(1) })
      .optional()
      .describe('A sorting to measure accuracy against'),
    analyzer: z
      .object({
        sparsity: z
          .object({ method: z.literal('radius').default('radius'), radius_um: z.number().positive().default(100) })
          .prefault({})
          .describe('Which channels are kept for each unit'),
        extensions: z.array(named('extension')).default([]),
        metrics: z.array(z.string()).default([]).describe('Quality metrics; empty: all'),
      })
      .prefault({})
      .describe('What is computed from the sorting'),
    exports: z
      .array(named('exporter').extend({ folder: z.string().min(1) }))
      .default([])
      .describe('Where results are exported to'),
  })
  .strict();

export type Session = z.output<typeof sessionSchema>;
