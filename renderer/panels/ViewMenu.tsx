import { Popover } from '@base-ui/react/popover';
import { Settings2 } from 'lucide-react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Json } from '../../core/shared/json.ts';
import { isObject, schemaParams } from '../../core/shared/schemaParams.ts';
import { offered } from '../forms/offered.ts';
import { readParam } from '../forms/viewParams.ts';
import { initialOptions, schemaOf } from '../state/panels.ts';
import type { View } from '../views/view.ts';
import { ParamForm } from './ParamForm.tsx';
import type { ViewHost } from './viewHost.ts';

interface Props<Options> {
  readonly view: View<Options>;
  readonly options: StoreApi<Options>;
  readonly host: ViewHost<Options>;
}

/** How the view is drawn, behind a gear: the form that its params declare. */
export function ViewMenu<Options>({ view, options, host }: Props<Options>) {
  const now = useStore(options);
  const choices = host.choices(now);
  const schema = offered(schemaOf(view), choices);
  const only = schemaParams(schema).flatMap(([name, of]) => (of.moment === true ? [] : [name]));
  if (only.length === 0) return null;
  const initial = initialOptions(view);
  const json = (from: Options): Record<string, Json> =>
    Object.fromEntries(only.flatMap((name) => withValue(name, readParam(from, name))));
  return (
    <Popover.Root>
      <Popover.Trigger className="icon small" aria-label={`${view.label} options`} title={`${view.label} options`}>
        <Settings2 size={14} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="menu-place" align="end" sideOffset={2}>
          <Popover.Popup className="menu options">
            <ParamForm
              schema={schema}
              only={only}
              names={choices}
              defaults={json(initial)}
              values={json(now)}
              onChange={(values) => {
                const parsed = view.params.safeParse({ ...all(now), ...json(initial), ...values });
                if (parsed.success) options.setState(parsed.data, true);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function withValue(name: string, value: Json | undefined): [string, Json][] {
  return value === undefined ? [] : [[name, value]];
}

function all<Options>(options: Options): Readonly<Record<string, Json | undefined>> {
  const json: Json = JSON.parse(JSON.stringify(options));
  return isObject(json) ? json : {};
}
