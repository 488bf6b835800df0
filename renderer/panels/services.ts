import { createContext, useContext } from 'react';
import type { Actions } from '../actions/index.ts';
import type { Services } from '../actions/services.ts';

interface Provided {
  readonly services: Services;
  readonly actions: Actions;
}

export const ServicesContext = createContext<Provided | undefined>(undefined);

function useProvided(): Provided {
  const provided = useContext(ServicesContext);
  if (!provided) throw new Error('there are no services above this component');
  return provided;
}

export function useServices(): Services {
  return useProvided().services;
}

export function useActions(): Actions {
  return useProvided().actions;
}
