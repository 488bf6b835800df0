import type { LabelMark } from './mark.ts';

/** Colours of labels by their tone, as CSS has them. */
export type Tones = Readonly<Record<LabelMark['tone'], string>>;

const SHIFT = { left: '0', center: '-50%', right: '-100%' } as const;

/** Writes labels into a layer above the canvas, its middle height at their y. Elements are used again. */
export function writeLabels(layer: HTMLElement, labels: readonly LabelMark[]): void {
  while (layer.childElementCount > labels.length) layer.lastElementChild?.remove();
  while (layer.childElementCount < labels.length) layer.append(layer.ownerDocument.createElement('span'));
  labels.forEach((label, i) => {
    const span = layer.children[i];
    if (!(span instanceof HTMLElement)) return;
    if (span.textContent !== label.text) span.textContent = label.text;
    const className = `label ${label.tone}`;
    if (span.className !== className) span.className = className;
    const transform = `translate(${round(label.x)}px, ${round(label.y)}px) translate(${SHIFT[label.align]}, -50%)`;
    if (span.style.transform !== transform) span.style.transform = transform;
    const color = label.color ? cssColor(label.color) : '';
    if (span.style.color !== color) span.style.color = color;
  });
}

/** The colours the style sheets give labels in that layer. */
export function tonesOf(layer: HTMLElement): Tones {
  const probe = layer.ownerDocument.createElement('span');
  layer.append(probe);
  const color = (tone: LabelMark['tone']) => {
    probe.className = `label ${tone}`;
    return getComputedStyle(probe).color;
  };
  const tones = { dim: color('dim'), plain: color('plain'), strong: color('strong') };
  probe.remove();
  return tones;
}

export function cssColor([r, g, b, a]: readonly [number, number, number, number]): string {
  const byte = (v: number) => Math.round(v * 255);
  return a === 1 ? `rgb(${byte(r)}, ${byte(g)}, ${byte(b)})` : `rgba(${byte(r)}, ${byte(g)}, ${byte(b)}, ${a})`;
}

function round(v: number): number {
  return Math.round(v * 2) / 2;
}
