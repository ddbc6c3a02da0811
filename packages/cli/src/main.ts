import type { Language } from '@atelier/sdk';
import type { Command, CommandContext, Shown } from './commands/command.ts';
import { exitCodes } from './exit-codes.ts';
import { type Found, findCommand } from './find-command.ts';
import { commandHelp, generalHelp, groupHelp } from './help.ts';
import type { Io } from './io.ts';
import type { JsonOutput } from './json-output.ts';
import { languageOfText, wordsIn } from './messages.ts';
import { type Arguments, commonOptions, readArguments } from './options.ts';
import { describeFailure } from './report-error.ts';
import { createProgress } from './terminal/create-progress.ts';
import { styleFor } from './terminal/style.ts';
import { UsageError } from './usage-error.ts';
import { readVersion } from './version.ts';

/**
 * Runs one command line, the part after `atelier`, and returns the exit code. Results go to `io.stdout`, everything else to `io.stderr`.
 * Never rejects.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const json = argv.includes('--json');
  const [first = 'help', ...rest] = argv;
  let name: string | null = null;
  try {
    if (first === '--version' || first === '-V') return print(io, readVersion());
    if (first === 'help' || first === '--help' || first === '-h') return print(io, helpFor(rest));
    const found = findCommand(argv);
    if ('group' in found) return print(io, helpOf(found));
    const { command } = found;
    name = command.name;
    const args = readArguments(found.rest, [...command.options, ...commonOptions]);
    if (args.has('help')) return print(io, commandHelp(command));
    return await runCommand(command, args, io);
  } catch (cause) {
    const { error, exitCode, text } = describeFailure(cause, io, 'en');
    if (json) printJson(io, { command: name, status: 'failure', error: { ...error, code: 'bad-usage' } });
    io.stderr.write(`${text}\n`);
    return exitCode;
  }
}

/** Runs the command; what fails after its usage was understood is reported in the command's own form. */
async function runCommand(command: Command, args: Arguments, io: Io): Promise<number> {
  const language = chooseLanguage(command, args);
  const words = wordsIn(language);
  const began = performance.now();
  const json = args.has('json');
  let isShown = false;
  const show = ({ output, text }: Shown) => {
    isShown = true;
    if (json) printJson(io, output);
    else print(io, text);
  };
  const context: CommandContext = {
    args,
    io,
    language,
    words,
    progress: createProgress(io, args.has('quiet'), words),
    style: styleFor('stdout', io),
    json,
    elapsed: () => Math.round(performance.now() - began),
    show,
  };
  try {
    const finished = await command.run(context);
    context.progress.clear();
    if (typeof finished === 'number') return finished;
    for (const note of finished.notes ?? []) io.stderr.write(`${words.note} ${note}\n`);
    show(finished);
    return finished.exitCode;
  } catch (cause) {
    context.progress.clear();
    if (cause instanceof UsageError) throw cause;
    const { error, exitCode, text } = describeFailure(cause, io, language);
    const status = error.code === 'cancelled' ? 'cancelled' : 'failure';
    if (json && !isShown)
      printJson(io, { ...command.blank(args, io.env), status, error, durationMs: context.elapsed() });
    io.stderr.write(`${text}\n`);
    return exitCode;
  }
}

function chooseLanguage(command: Command, args: Arguments): Language {
  const wanted = args.get('lang');
  if (wanted === undefined) return languageOfText(command.requestOf(args));
  if (wanted === 'ko' || wanted === 'en') return wanted;
  throw new UsageError(`--lang must be ko or en, not "${wanted}"`);
}

function helpFor(topic: readonly string[]): string {
  const [first] = topic;
  return first === undefined || first.startsWith('-') ? generalHelp() : helpOf(findCommand(topic));
}

const helpOf = (found: Found): string => ('group' in found ? groupHelp(found.group) : commandHelp(found.command));

function print(io: Io, text: string): number {
  io.stdout.write(`${text}\n`);
  return exitCodes.done;
}

const printJson = (io: Io, output: JsonOutput): void => void io.stdout.write(`${JSON.stringify(output)}\n`);
