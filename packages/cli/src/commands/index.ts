import { ask } from './ask.ts';
import { batch } from './batch/batch.ts';
import type { Command, CommandGroup } from './command.ts';
import { detect } from './detect.ts';
import { edit } from './edit/edit.ts';
import { create } from './keys/create.ts';
import { keys } from './keys/group.ts';
import { list } from './keys/list.ts';
import { revoke } from './keys/revoke.ts';
import { segment } from './segment.ts';
import { serve } from './serve/serve.ts';
import { triton } from './triton/group.ts';
import { pull } from './triton/pull.ts';
import { status } from './triton/status.ts';
import { types } from './triton/types.ts';
import { up } from './triton/up.ts';

/** Every command, in the order help lists them. */
export const commands: readonly Command[] = [
  edit,
  batch,
  ask,
  detect,
  segment,
  serve,
  create,
  list,
  revoke,
  types,
  status,
  up,
  pull,
];

/** The words that begin the names of several commands. */
export const groups: readonly CommandGroup[] = [keys, triton];
