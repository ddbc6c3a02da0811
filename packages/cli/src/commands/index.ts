import { ask } from './ask.ts';
import type { Command } from './command.ts';
import { detect } from './detect.ts';
import { edit } from './edit.ts';
import { segment } from './segment.ts';

/** Every command, in the order help lists them. */
export const commands: readonly Command[] = [edit, ask, detect, segment];
