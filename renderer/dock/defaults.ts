import type { Station } from '../../core/shared/session.ts';
import type { Size } from '../gl/mark.ts';
import { type Arrangement, column, row, tabs } from './arrangement.ts';

/** From this width on, CSS pixels, there is room for more side by side. */
const WIDE = 1700;

/** What a station shows before the user has arranged it. */
export function defaultArrangement(station: Station, size: Size): Arrangement {
  const wide = size.width >= WIDE;
  if (station === 'curate') return wide ? curateWide() : curate();
  if (station === 'recording') return row([wide ? 0.84 : 0.76, tabs('trace')], [wide ? 0.16 : 0.24, tabs('probe')]);
  if (station === 'probe') return row([wide ? 0.3 : 0.4, tabs('probe')], [wide ? 0.7 : 0.6, tabs('trace')]);
  if (station === 'preprocess') return preprocess(wide);
  if (station === 'sort')
    return column([0.5, row([0.64, tabs('units')], [0.36, tabs('probe', 'waveform')])], [0.5, tabs('trace', 'rate')]);
  if (station === 'analyze')
    return column(
      [0.5, tabs('units')],
      [0.5, row([0.5, tabs('waveform', 'metricScatter')], [0.5, tabs('correlogram', 'metricHistogram', 'isi')])],
    );
  return tabs('units');
}

/** What the chain does to a stretch; below it to frequencies and to channels. */
function preprocess(wide: boolean): Arrangement {
  return column(
    [0.62, tabs('beforeAfter', 'trace')],
    [0.38, row([wide ? 0.6 : 0.55, tabs('spectrum')], [wide ? 0.4 : 0.45, tabs('loudness', 'probe')])],
  );
}

function curate(): Arrangement {
  return row(
    [0.31, column([0.62, tabs('units')], [0.38, tabs('similar')])],
    [
      0.69,
      column(
        [0.55, row([0.4, tabs('waveform')], [0.36, tabs('correlogram', 'isi')], [0.24, tabs('probe')])],
        [0.45, tabs('trace', 'amplitude', 'rate', 'metricScatter', 'metricHistogram')],
      ),
    ],
  );
}

function curateWide(): Arrangement {
  return row(
    [0.22, column([0.6, tabs('units')], [0.4, tabs('similar')])],
    [
      0.78,
      column(
        [
          0.64,
          row(
            [0.4, column([0.55, tabs('waveform')], [0.45, tabs('amplitude')])],
            [0.34, column([0.6, tabs('correlogram')], [0.4, row([0.5, tabs('isi')], [0.5, tabs('rate')])])],
            [0.26, column([0.6, tabs('probe')], [0.4, tabs('metricScatter', 'metricHistogram')])],
          ),
        ],
        [0.36, tabs('trace')],
      ),
    ],
  );
}
