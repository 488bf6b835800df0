import { stations } from '../../core/shared/session.ts';
import { z } from '../../core/shared/zod.ts';
import { arrangementSchema } from '../dock/arrangement.ts';
import { useLayouts } from '../state/layouts.ts';
import { lastingOptions, panelValues } from '../state/panels.ts';
import type { Kept } from './kept.ts';

const panelsSchema = z.record(z.string().max(60), z.object({ view: z.string(), options: z.json() }));
const namedSchema = z.object({
  name: z.string().min(1).max(100),
  station: z.enum(stations),
  arrangement: arrangementSchema,
  panels: panelsSchema,
});
/** The outer shape; what is inside is checked one by one, so that one damaged layout does not take the others along. */
const outerSchema = z.object({
  stations: z.record(z.string(), z.json()),
  panels: z.record(z.string(), z.json()),
  named: z.array(z.json()),
});

/** How the stations are arranged, how each panel looks, and the layouts with a name. */
export const layouts: Kept = {
  name: 'layouts',
  what: 'the layouts',
  read() {
    const { stations, named } = useLayouts.getState();
    return JSON.parse(JSON.stringify({ stations, panels: lastingPanels(), named }));
  },
  restore(value) {
    const outer = outerSchema.safeParse(value);
    if (!outer.success) return false;
    const { data } = outer;
    const arranged = readable(Object.entries(data.stations), ([station, of]) => {
      const name = z.enum(stations).safeParse(station);
      const arrangement = arrangementSchema.safeParse(of);
      return name.success && arrangement.success ? ([name.data, arrangement.data] as const) : undefined;
    });
    const named = readable(data.named, (one) => namedSchema.safeParse(one).data);
    const panels = readable(Object.entries(data.panels), (one) => {
      const parsed = panelsSchema.safeParse(Object.fromEntries([one]));
      return parsed.success ? Object.entries(parsed.data)[0] : undefined;
    });
    panelValues.setState(Object.fromEntries(panels.read), true);
    useLayouts.setState({ stations: Object.fromEntries(arranged.read), named: named.read });
    return arranged.whole && named.whole && panels.whole;
  },
  watch(changed) {
    useLayouts.subscribe(changed);
    panelValues.subscribe(changed);
  },
};

/** How each panel looks, without where one looked. */
export function lastingPanels() {
  return Object.fromEntries(
    Object.entries(panelValues.getState()).map(([id, value]) => [id, { ...value, options: lastingOptions(value) }]),
  );
}

/** What could be read of a list, and whether that was all. */
function readable<From, To>(list: readonly From[], parse: (one: From) => To | undefined) {
  const read = list.flatMap((one) => {
    const parsed = parse(one);
    return parsed === undefined ? [] : [parsed];
  });
  return { read, whole: read.length === list.length };
}
