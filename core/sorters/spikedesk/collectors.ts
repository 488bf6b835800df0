import { matchCollector } from './matchCollector.ts';
import { peaksCollector } from './peaksCollector.ts';
import { surveyCollector } from './survey.ts';

export const spikedeskCollectors = {
  spikedeskSurvey: surveyCollector,
  spikedeskPeaks: peaksCollector,
  spikedeskMatch: matchCollector,
};
