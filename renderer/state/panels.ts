import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Json } from '../../core/shared/json.ts';
import { schemaParams } from '../../core/shared/schemaParams.ts';
import { z } from '../../core/shared/zod.ts';
import { views } from '../views/index.ts';
import type { View } from '../views/view.ts';

/** A panel of a view, with what the user has changed of it. */
export interface PanelValue {
  /** Name of the view. */
  readonly view: string;
  readonly options: Json;
}

/** Options of every panel there was, by the panel's id: `trace`, `trace 2`. */
export const panelValues = createStore<Readonly<Record<string, PanelValue>>>()(() => ({}));

/** The options of a panel; as they were when it was there before, or the view's defaults. */
export function panelOptions<Options>(view: View<Options>, panelId: string): StoreApi<Options> {
  const known = panelValues.getState()[panelId];
  const parsed = view.params.safeParse(known?.view === view.name ? known.options : {});
  const options = parsed.success ? parsed.data : initialOptions(view);
  const store = createStore<Options>()(() => options);
  store.subscribe((now) => keepOptions(panelId, view, now));
  return store;
}

export function initialOptions<Options>(view: View<Options>): Options {
  return view.params.parse({});
}

function keepOptions<Options>(panelId: string, view: View<Options>, options: Options): void {
  const plain: Json = JSON.parse(JSON.stringify(options)); // without what is undefined
  panelValues.setState({ [panelId]: { view: view.name, options: plain } });
}

/** A panel to come begins with the options of another. */
export function copyOptions(from: string, to: string): void {
  const value = panelValues.getState()[from];
  if (value) panelValues.setState({ [to]: value });
}

/** How one looks, without where: what a layout keeps. */
export function lastingOptions({ view, options }: PanelValue): Json {
  const moments = momentsOf(view);
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return {};
  return Object.fromEntries(Object.entries(options).filter(([name]) => !moments.has(name)));
}

/** For another recording: what one looked at is forgotten, how stays. */
export function forgetMoments(): void {
  const values = panelValues.getState();
  panelValues.setState(
    Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { ...value, options: lastingOptions(value) }])),
    true,
  );
}

/** The params of a view as JSON Schema: for its form. */
export function schemaOf<Options>(view: View<Options>): Json {
  const known = schemas.get(view.params);
  if (known !== undefined) return known;
  const schema: Json = JSON.parse(JSON.stringify(z.toJSONSchema(view.params, { unrepresentable: 'any', io: 'input' })));
  schemas.set(view.params, schema);
  return schema;
}

const schemas = new WeakMap<object, Json>();

/** Params of a view that tell where one is looking. */
function momentsOf(name: string): ReadonlySet<string> {
  const view = views.find((one) => one.name === name);
  if (!view) return new Set();
  const schema = view.with(schemaOf);
  return new Set(schemaParams(schema).flatMap(([param, of]) => (of.moment === true ? [param] : [])));
}
