import { amplitude } from './amplitude.ts';
import { beforeAfter } from './beforeAfter.ts';
import { correlogram } from './correlogram.ts';
import { isi } from './isi.ts';
import { loudness } from './loudness.ts';
import { metricHistogram } from './metricHistogram.ts';
import { metricScatter } from './metricScatter.ts';
import { probe } from './probe.ts';
import { rate } from './rate.ts';
import { spectrum } from './spectrum.ts';
import { templateImage } from './templateImage.ts';
import { trace } from './trace.ts';
import type { AnyView, View } from './view.ts';
import { waveform } from './waveform.ts';

/** All views, in the order they are offered. */
export const views: readonly AnyView[] = [
  listed(trace),
  listed(waveform),
  listed(templateImage),
  listed(correlogram),
  listed(isi),
  listed(rate),
  listed(amplitude),
  listed(metricHistogram),
  listed(metricScatter),
  listed(probe),
  listed(beforeAfter),
  listed(spectrum),
  listed(loudness),
];

function listed<Options>(view: View<Options>): AnyView {
  return { name: view.name, label: view.label, help: view.help, with: (use) => use(view) };
}
