import { z } from '../../core/shared/zod.ts';

/** How panels share the dock, by their ids. Shares are parts of one, so that it fits windows of any size. */
export type Arrangement = Tabs | Split;

export interface Tabs {
  readonly kind: 'tabs';
  readonly panels: readonly string[];
  /** The one in front; another name than those of `panels`: the first. */
  readonly shown: string;
}

/** Side by side (row) or one above the other (column). */
export interface Split {
  readonly kind: 'row' | 'column';
  readonly parts: readonly Part[];
}

interface Part {
  readonly share: number;
  readonly of: Arrangement;
}

const panelId = z.string().min(1).max(60);
/** Deeper than anyone splits; a file that nests on and on is not read. */
const MAX_DEPTH = 12;

function schemaOf(depth: number): z.ZodType<Arrangement> {
  const tabs = z.object({ kind: z.literal('tabs'), panels: z.array(panelId).max(50), shown: z.string() });
  if (depth === 0) return tabs;
  const part = z.object({ share: z.number().positive().max(1), of: z.lazy(() => schemaOf(depth - 1)) });
  return z.union([tabs, z.object({ kind: z.enum(['row', 'column']), parts: z.array(part).max(50) })]);
}

export const arrangementSchema = schemaOf(MAX_DEPTH);

export function tabs(...panels: readonly string[]): Tabs {
  return { kind: 'tabs', panels, shown: panels[0] ?? '' };
}

/** Parts as [share, what]. */
export function row(...parts: readonly (readonly [number, Arrangement])[]): Split {
  return { kind: 'row', parts: parts.map(([share, of]) => ({ share, of })) };
}

export function column(...parts: readonly (readonly [number, Arrangement])[]): Split {
  return { kind: 'column', parts: parts.map(([share, of]) => ({ share, of })) };
}

export function panelsOf(arrangement: Arrangement): string[] {
  return arrangement.kind === 'tabs' ? [...arrangement.panels] : arrangement.parts.flatMap(({ of }) => panelsOf(of));
}

/**
 * Only panels that are known, each once; no empty places, no split in a split of its own direction, and the shares of
 * each split make one. Undefined when nothing is left.
 */
export function tidy(arrangement: Arrangement, isKnown: (panelId: string) => boolean): Arrangement | undefined {
  return tidied(arrangement, isKnown, new Set());
}

function tidied(from: Arrangement, isKnown: (id: string) => boolean, seen: Set<string>): Arrangement | undefined {
  if (from.kind === 'tabs') {
    const panels = from.panels.filter((id) => isKnown(id) && !seen.has(id) && seen.add(id));
    if (panels.length === 0) return undefined;
    return { kind: 'tabs', panels, shown: panels.includes(from.shown) ? from.shown : panels[0]! };
  }
  const parts = from.parts.flatMap(({ share, of }): Part[] => {
    const inner = tidied(of, isKnown, seen);
    if (!inner) return [];
    if (inner.kind !== from.kind) return [{ share, of: inner }];
    return inner.parts.map((part) => ({ share: share * part.share, of: part.of }));
  });
  if (parts.length === 0) return undefined;
  if (parts.length === 1) return parts[0]!.of;
  const sum = parts.reduce((total, { share }) => total + share, 0);
  return { kind: from.kind, parts: parts.map(({ share, of }) => ({ share: share / sum, of })) };
}
