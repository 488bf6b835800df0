import { computeExtension } from './extensionJob.ts';
import { viewJobs } from './viewJobs.ts';

export const analyzerJobs = { computeExtension, ...viewJobs };
