import { type Geometry, neighbours } from './geometry.ts';
import { matchBlock } from './match.ts';
import type { MatchTemplate } from './matchTemplate.ts';
import { power } from './template.ts';
import type { Window } from './window.ts';

/** A sum of others leaves less than this share when they are taken away, each at about its own size. */
const LEFT = 0.15;
const SIZES = [0.75, 1.3] as const;
/** Collisions are rarer than this share of the spikes of either unit. */
const RARE = 0.3;

/**
 * Which templates are but sums of others: clusters of spikes that often collide. Each is laid into silence and the
 * others try to explain it. counts: spikes of each. out: true for those to drop
 */
export function combinations(
  templates: readonly MatchTemplate[],
  counts: readonly number[],
  geometry: Geometry,
  window: Window,
): boolean[] {
  const channels = geometry.x.length;
  const near = neighbours(geometry, 0);
  const rows = 5 * window.samples;
  const middle = 2 * window.samples;
  const dropped = templates.map(() => false);
  // Rarest first: of two that explain each other the one with more spikes stays.
  const order = templates.map((_, i) => i).sort((a, b) => counts[a]! - counts[b]!);
  for (const own of order) {
    const template = templates[own]!;
    const around = new Set(template.channels);
    const others = templates.filter(
      (other, i) => i !== own && !dropped[i] && around.has(other.main) && counts[own]! < RARE * counts[i]!,
    );
    if (others.length < 2) continue;
    const traces = new Float32Array(channels * rows);
    const wave = template.phases[(template.phases.length - 1) / 2]!;
    template.channels.forEach((channel, c) => {
      traces.set(wave.subarray(c * window.samples, (c + 1) * window.samples), channel * rows + middle);
    });
    const options = { threshold: 1, leastGain: 0, amplitudes: SIZES };
    const matches = matchBlock(traces, rows, others, { window, near, sweep: 1 }, options);
    let left = 0;
    for (const channel of template.channels) left += power(traces.subarray(channel * rows, (channel + 1) * rows));
    dropped[own] = matches.length >= 2 && left < LEFT * template.power;
  }
  return dropped;
}
