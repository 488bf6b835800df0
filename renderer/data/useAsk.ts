import { useEffect, useRef, useState } from 'react';
import { useServices } from '../panels/services.ts';
import type { Answer, Ask } from '../views/view.ts';
import { Asker } from './query.ts';

interface Asked {
  readonly answer: Answer | undefined;
  readonly waiting: boolean;
  readonly error: Error | undefined;
}

const NOTHING: Asked = { answer: undefined, waiting: false, error: undefined };

/** The answer to `ask` for a component; the old one stays until the new one is there. */
export function useAsk(ask: Ask | undefined): Asked {
  const { client, cache } = useServices();
  const [asked, setAsked] = useState(NOTHING);
  const asker = useRef<Asker>(undefined);
  const key = ask && JSON.stringify(ask);

  useEffect(() => {
    const made: Asker = new Asker(client, cache, () => setAsked(read(made)));
    asker.current = made;
    return () => made.dispose();
  }, [client, cache]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is `ask`, as a value
  useEffect(() => {
    if (!asker.current) return;
    asker.current.update(ask ? { ask } : {});
    setAsked(read(asker.current));
  }, [key, client, cache]);

  return asked;
}

function read(asker: Asker): Asked {
  return { answer: asker.answers.ask, waiting: asker.waiting, error: asker.error };
}
