import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../../setup-error.ts';
import type { CommandContext } from '../../command.ts';
import { environmentScript, mark, stampName } from './environment-script.ts';
import type { Interpreter } from './find-python.ts';
import { readPipLine } from './pip-progress.ts';
import type { Requirements } from './requirements.ts';
import { runProgram } from './run-program.ts';
import { byteText } from './sizes.ts';
import { tell } from './tell.ts';
import type { EnvironmentWords } from './words.ts';

export interface MakeOptions {
  readonly context: CommandContext;
  readonly words: EnvironmentWords;
  readonly interpreter: Interpreter;
  readonly requirements: Requirements;
  /** See `environmentFolder`. */
  readonly folder: string;
  /** A package index of CPU builds of torch, used where it answers. */
  readonly cpuIndex?: string | undefined;
}

export const pythonOf = (folder: string): string => join(folder, 'bin', 'python');

/** Whether the environment is complete and its interpreter still runs: the Python that it was made from may be gone. */
export async function isEnvironment(folder: string, signal: AbortSignal): Promise<boolean> {
  if (!existsSync(join(folder, stampName))) return false;
  try {
    return (await runProgram(pythonOf(folder), ['-c', ''], { signal })).code === 0;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/**
 * Makes the environment unless somebody made it meanwhile; two at once wait for each other. Returns its interpreter.
 * Throws `install-failed` with pip's last lines. What was half made is made anew the next time.
 */
export async function makeEnvironment(options: MakeOptions): Promise<string> {
  const { context, words, interpreter, requirements, folder, cpuIndex = '' } = options;
  const { io, progress } = context;
  const began = performance.now();
  const pip = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off', '-r', requirements.file];
  let fetched = 0;
  let isMade = false;
  const { code, tail } = await runProgram(interpreter.path, ['-c', environmentScript, folder, cpuIndex, ...pip], {
    // Told line by line, also through a pipe.
    env: { ...io.env, PYTHONUNBUFFERED: '1' },
    signal: io.signal,
    onLine: (line) => {
      if (line.startsWith(mark)) {
        const word = line.slice(mark.length);
        if (word === 'making') isMade = true;
        if (word === 'no-index') tell(context, words.noCpuIndex);
        progress.update(word === 'waiting' ? words.waiting : words.preparing);
        return;
      }
      const step = readPipLine(line);
      if (step?.kind === 'download') fetched += step.bytes;
      if (step) progress.update(words.pip(step, byteText(fetched)));
    },
  });
  if (code !== 0 || !existsSync(join(folder, stampName))) throw installFailed(tail, folder, words);
  if (isMade) progress.done(words.environmentReady, performance.now() - began);
  return pythonOf(folder);
}

const shownLines = 12;

function installFailed(tail: readonly string[], folder: string, words: EnvironmentWords): SetupError {
  const lines = tail.filter((line) => line.trim() !== '' && !line.startsWith(mark)).slice(-shownLines);
  const told = lines.join('\n');
  let hint = words.installAgain;
  if (/ensurepip|No module named venv/.test(told)) hint = words.installVenv;
  else if (/No space left/i.test(told)) hint = words.moreSpace(folder);
  else if (/No matching distribution|Could not find a version/.test(told)) hint = words.noDistribution;
  return new SetupError({ code: 'install-failed', message: words.installFailed, hint, lines, details: { folder } });
}
