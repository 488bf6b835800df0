import { computeExtension } from './extensionJob.ts';

export const analyzerJobs = { computeExtension };
