import { z } from 'zod';

// Before any schema is made: otherwise zod probes `new Function`, which the page's policy forbids.
z.config({ jitless: true });

export { z };
