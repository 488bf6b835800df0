import { z } from '../../core/shared/zod.ts';
import type { ViewCommand } from './view.ts';

const factor = z.number().min(0.1).max(10).default(1);

export const waveformParams = z.object({
  layout: z
    .enum(['geometry', 'flat'])
    .default('geometry')
    .meta({ title: 'Layout' })
    .describe('Each channel where it sits on the probe, or one below the other by depth.'),
  overlap: z.boolean().default(true).meta({ title: 'Overlap' }).describe('Units over each other, or side by side.'),
  spikes: z.boolean().default(true).meta({ title: 'Single spikes' }).describe('Some spikes of each unit, thin.'),
  template: z.boolean().default(true).meta({ title: 'Template' }).describe('Over all spikes the analyzer chose.'),
  mean: z.boolean().default(false).meta({ title: 'Mean' }).describe('Of the single spikes that were read.'),
  std: z
    .boolean()
    .default(false)
    .meta({ title: '± standard deviation' })
    .describe('Around the template, of all spikes the analyzer chose.'),
  maxSpikes: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .meta({ title: 'Number of spikes' })
    .describe('Single spikes of each unit, evenly chosen over the recording.'),
  channelNames: z.boolean().default(true).meta({ title: 'Channel names' }).describe('Where there is room.'),
  boxWidth: factor
    .meta({ title: 'Box width', unit: '×' })
    .describe('How wide a waveform is drawn, in distances of channels.'),
  boxHeight: factor.meta({ title: 'Box height', unit: '×' }).describe('How high the largest template is drawn.'),
  /** 1: the largest template fills its cell. */
  scale: z.number().positive().default(1).meta({ moment: true }),
  zoom: z.number().positive().default(1).meta({ moment: true }),
  /** How much further apart channels are, across and up, besides the zoom. */
  stretch: z.tuple([z.number().positive(), z.number().positive()]).default([1, 1]).meta({ moment: true }),
  /** CSS pixels */
  pan: z.tuple([z.number(), z.number()]).default([0, 0]).meta({ moment: true }),
});
export type WaveformOptions = z.output<typeof waveformParams>;

type Change = (options: WaveformOptions) => Partial<WaveformOptions>;

function command(id: string, label: string, key: string, change: Change): ViewCommand<WaveformOptions> {
  return { id, label, keys: [key], run: (options) => ({ ...options, ...change(options) }) };
}

const STEP = 1.2;

function times(value: number, by: number): number {
  return Math.min(10, Math.max(0.1, value * by));
}

/** phy's keys, and those of the layout. */
export const waveformCommands: readonly ViewCommand<WaveformOptions>[] = [
  command('spikes', 'Single spikes on or off', 'w', (o) => ({ spikes: !o.spikes })),
  command('template', 'Template on or off', 't', (o) => ({ template: !o.template })),
  command('mean', 'Mean of the single spikes on or off', 'm', (o) => ({ mean: !o.mean })),
  command('std', 'Standard deviation on or off', 'd', (o) => ({ std: !o.std })),
  command('overlap', 'Units over each other or side by side', 'o', (o) => ({ overlap: !o.overlap })),
  command('layout', 'As on the probe, or one below the other', 'Shift+w', (o) => ({
    layout: o.layout === 'flat' ? 'geometry' : 'flat',
  })),
  command('names', 'Channel names on or off', '$mod+l', (o) => ({ channelNames: !o.channelNames })),
  command('wider', 'Wider boxes', '$mod+ArrowRight', (o) => ({ boxWidth: times(o.boxWidth, STEP) })),
  command('narrower', 'Narrower boxes', '$mod+ArrowLeft', (o) => ({ boxWidth: times(o.boxWidth, 1 / STEP) })),
  command('higher', 'Higher boxes', '$mod+ArrowUp', (o) => ({ boxHeight: times(o.boxHeight, STEP) })),
  command('lower', 'Lower boxes', '$mod+ArrowDown', (o) => ({ boxHeight: times(o.boxHeight, 1 / STEP) })),
  command('spread-x', 'Channels further apart across', 'Shift+ArrowRight', ({ stretch: [x, y] }) => ({
    stretch: [times(x, STEP), y],
  })),
  command('close-x', 'Channels closer across', 'Shift+ArrowLeft', ({ stretch: [x, y] }) => ({
    stretch: [times(x, 1 / STEP), y],
  })),
  command('spread-y', 'Channels further apart up and down', 'Shift+ArrowUp', ({ stretch: [x, y] }) => ({
    stretch: [x, times(y, STEP)],
  })),
  command('close-y', 'Channels closer up and down', 'Shift+ArrowDown', ({ stretch: [x, y] }) => ({
    stretch: [x, times(y, 1 / STEP)],
  })),
];
