import type { Regl } from 'regl';
import type { Color, Domain } from './mark.ts';

/** Device pixels of the canvas; y upwards, as WebGL counts. */
export interface DeviceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What every command gets: where it draws. */
export interface PlaceProps {
  readonly viewport: DeviceBox;
  readonly scissor: DeviceBox;
}

export interface DomainProps extends PlaceProps {
  readonly domain: Domain;
}

export interface ColorProps extends DomainProps {
  readonly color: Color;
}

/** Draws once with these props. */
export type Command<Props> = (props: Props) => void;

/** The state all commands share: drawn in a box of the canvas, blended over what is there. */
export function place(regl: Regl) {
  return {
    viewport: regl.prop<PlaceProps, 'viewport'>('viewport'),
    scissor: { enable: true, box: regl.prop<PlaceProps, 'scissor'>('scissor') },
    depth: { enable: false },
    blend: {
      enable: true,
      func: {
        srcRGB: 'src alpha',
        srcAlpha: 'one',
        dstRGB: 'one minus src alpha',
        dstAlpha: 'one minus src alpha',
      },
    },
  } as const;
}
