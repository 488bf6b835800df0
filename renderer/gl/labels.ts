import type { LabelMark } from './mark.ts';

/** Colours of labels by their tone, as CSS has them. */
export type Tones = Readonly<Record<LabelMark['tone'], string>>;

/**
 * Writes labels into a layer above the canvas, its middle height at their y. Elements are used again. A label is a point
 * without size that its text reaches out of: nothing is transformed, because each transform costs with every frame.
 */
export function writeLabels(layer: HTMLElement, labels: readonly LabelMark[]): void {
  while (layer.childElementCount > labels.length) layer.lastElementChild?.remove();
  while (layer.childElementCount < labels.length) layer.append(newLabel(layer.ownerDocument));
  labels.forEach((label, i) => {
    const point = layer.children[i];
    const text = point?.firstElementChild;
    if (!(point instanceof HTMLElement) || !text) return;
    if (text.textContent !== label.text) text.textContent = label.text;
    const className = `label ${label.tone} ${label.align}`;
    if (point.className !== className) point.className = className;
    const left = `${round(label.x)}px`;
    if (point.style.left !== left) point.style.left = left;
    const top = `${round(label.y)}px`;
    if (point.style.top !== top) point.style.top = top;
    const color = label.color ? cssColor(label.color) : '';
    if (point.style.color !== color) point.style.color = color;
  });
}

function newLabel(document: Document): HTMLElement {
  const point = document.createElement('span');
  point.append(document.createElement('span'));
  return point;
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
