import type { Command } from './command.ts';
import { demo } from './demo.ts';
import { exportCommand } from './export.ts';
import { info } from './info.ts';
import { init } from './init.ts';
import { list } from './list.ts';
import { run } from './run.ts';
import { saveCommand } from './save.ts';

/** The order is that of the help. */
export const commands: readonly Command[] = [init, run, info, saveCommand, exportCommand, list, demo];
