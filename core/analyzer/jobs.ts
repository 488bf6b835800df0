import { computeExtension } from './extensionJob.ts';
import { viewJobs } from './views/viewJobs.ts';

export const analyzerJobs = { computeExtension, ...viewJobs };
