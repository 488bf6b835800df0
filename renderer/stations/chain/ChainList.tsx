import { type PointerEvent, useRef } from 'react';
import type { Session } from '../../../core/shared/session.ts';
import { useChain } from '../../state/chain.ts';
import { useOpen } from '../useOpen.ts';
import { moved, placeAfter } from './moved.ts';
import { StepCard } from './StepCard.tsx';
import type { ChainEdit } from './useChainEdit.ts';

type Step = Session['preprocess'][number];

/** The steps in order. One is looked at: it is open, and the views show what it does. */
export function ChainList({ edit }: { readonly edit: ChainEdit }) {
  const { catalogue } = useOpen();
  const { steps } = edit;
  const wanted = useChain((s) => s.selected);
  const { select } = useChain.getState();
  const list = useRef<HTMLOListElement>(null);
  const drag = useDrag(list, edit);
  const selected = wanted !== undefined && wanted < steps.length ? wanted : undefined;

  function move(from: number, to: number): void {
    if (to < 0 || to >= steps.length) return;
    select(placeAfter(selected, from, to));
    edit.set(moved(steps, from, to));
    // The handle under the keys goes along.
    requestAnimationFrame(() => list.current?.children[to]?.querySelector<HTMLElement>('[data-handle]')?.focus());
  }
  function remove(at: number): void {
    select(selected === at ? undefined : selected !== undefined && selected > at ? selected - 1 : selected);
    edit.set(steps.filter((_, i) => i !== at));
  }
  const replaced = (at: number, step: Step) => steps.map((s, i) => (i === at ? step : s));

  return (
    <ol className="cards chain" aria-label="Steps" ref={list}>
      {steps.map((step, i) => (
        <StepCard
          // biome-ignore lint/suspicious/noArrayIndexKey: the same step may be there twice; its place is its identity
          key={`${i} ${step.step}`}
          at={i}
          step={step}
          upTo={steps.slice(0, i + 1)}
          entry={catalogue.steps.find(({ name }) => name === step.step)}
          open={selected === i}
          onOpen={() => select(selected === i ? undefined : i)}
          onChange={(next) => edit.set(replaced(i, next))}
          onDraft={(next) => edit.draft(replaced(i, next))}
          onMove={(by) => move(i, i + by)}
          onGrab={(event) => drag(event, i)}
          onRemove={() => remove(i)}
        />
      ))}
    </ol>
  );
}

/** A card is dragged by its handle: the others make room, and the views follow, before it is let go. */
function useDrag(list: { readonly current: HTMLOListElement | null }, edit: ChainEdit) {
  return (event: PointerEvent, start: number): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    const { steps } = edit;
    const before = useChain.getState().selected;
    let to = start;
    const leave = new AbortController();
    const move = ({ clientY }: { readonly clientY: number }) => {
      const next = placeUnder(list.current, clientY, to);
      if (next === to) return;
      to = next;
      useChain.getState().select(placeAfter(before, start, to));
      edit.draft(moved(steps, start, to));
    };
    const end = (done: boolean) => {
      leave.abort();
      if (done && to !== start) return edit.set(moved(steps, start, to));
      useChain.getState().select(before);
      edit.dropDraft();
    };
    const { signal } = leave;
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener('pointerup', () => end(true), { signal });
    window.addEventListener('pointercancel', () => end(false), { signal });
    window.addEventListener('keydown', ({ key }) => key === 'Escape' && end(false), { signal });
  };
}

/** Over or under a neighbour's middle the card takes its place. */
function placeUnder(list: HTMLOListElement | null, y: number, now: number): number {
  const boxes = [...(list?.children ?? [])].map((card) => card.getBoundingClientRect());
  const middle = (i: number) => boxes[i]!.top + Math.min(boxes[i]!.height, 34) / 2;
  let place = now;
  while (place > 0 && y < middle(place - 1)) place--;
  while (place < boxes.length - 1 && y > middle(place + 1)) place++;
  return place;
}
