import { analyzerJobs } from '../analyzer/jobs.ts';
import { phyJobs } from '../exporters/phy/components.ts';
import { generateJobs } from '../generate/generateJob.ts';
import { saveJobs } from '../saving/saveJob.ts';
import type { Methods } from '../shared/rpc.ts';
import { spikedeskJobs } from '../sorters/spikedesk/jobs.ts';
import { unitJobs } from '../units/jobs.ts';
import { activityJobs } from './activityJob.ts';
import { fitJobs } from './fitJob.ts';
import { passJobs } from './passJob.ts';
import { previewJobs } from './previewJob.ts';
import { pyramidJobs } from './pyramidJob.ts';
import { tilesJobs } from './tilesJob.ts';

/** Every job a worker runs, by name. A folder adds its own object here. */
export const jobs = {
  ...passJobs,
  ...fitJobs,
  ...tilesJobs,
  ...previewJobs,
  ...pyramidJobs,
  ...analyzerJobs,
  ...generateJobs,
  ...spikedeskJobs,
  ...unitJobs,
  ...activityJobs,
  ...phyJobs,
  ...saveJobs,
} satisfies Methods;
