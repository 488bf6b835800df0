import type { Echo } from '../views/view.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Writes what is pointed at elsewhere into a layer above the picture. */
export function drawEchoes(layer: HTMLElement, echoes: readonly Echo[]): void {
  if (echoes.length === 0 && layer.childElementCount === 0) return;
  layer.replaceChildren(...echoes.map((echo) => echoElement(layer.ownerDocument, echo)));
}

/** The line being drawn around something; none: it is taken away. */
export function drawLasso(layer: HTMLElement, line: readonly { readonly x: number; readonly y: number }[]): void {
  layer.replaceChildren();
  if (line.length < 2) return;
  const svg = layer.ownerDocument.createElementNS(SVG, 'svg');
  const polygon = layer.ownerDocument.createElementNS(SVG, 'polygon');
  polygon.setAttribute('points', line.map(({ x, y }) => `${x},${y}`).join(' '));
  svg.append(polygon);
  layer.append(svg);
}

function echoElement(document: Document, echo: Echo): HTMLElement {
  const element = document.createElement('span');
  element.className = `echo ${echo.kind}`;
  const place = (left: number, top: number, width: number, height: number) => {
    element.style.transform = `translate(${left}px, ${top}px)`;
    element.style.width = `${width}px`;
    element.style.height = `${height}px`;
  };
  if (echo.kind === 'upright') place(echo.x, echo.from, 1, echo.to - echo.from);
  else if (echo.kind === 'level') place(echo.from, echo.y, echo.to - echo.from, 1);
  else if (echo.kind === 'frame') place(echo.box.x, echo.box.y, echo.box.width, echo.box.height);
  else place(echo.x - echo.radius, echo.y - echo.radius, 2 * echo.radius, 2 * echo.radius);
  return element;
}
