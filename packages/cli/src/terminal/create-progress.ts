import type { Io } from '../io.ts';
import type { Words } from '../messages.ts';
import { liveProgress } from './live-progress.ts';
import { printable } from './printable.ts';
import type { Progress } from './progress.ts';
import { seconds, stepName } from './step-words.ts';
import { styleFor } from './style.ts';

/** A moving line on a terminal, plain lines elsewhere, nothing with `--quiet`. */
export function createProgress(io: Io, quiet: boolean, words: Words): Progress {
  if (quiet) return { update() {}, done() {}, note() {}, clear() {} };
  return io.isTty.stderr && io.env.TERM !== 'dumb' ? liveProgress(io) : plainProgress(io, words);
}

function plainProgress(io: Io, words: Words): Progress {
  const style = styleFor('stderr', io);
  return {
    update() {},
    done: (message, durationMs) =>
      void io.stderr.write(`${style('green', words.done)} ${stepName(message)} (${seconds(durationMs)})\n`),
    note: (text) => void io.stderr.write(`${printable(text)}\n`),
    clear() {},
  };
}
