import { AtelierError } from '@atelier/sdk/errors';
import { checkFolders } from './check-folders.ts';
import { readChoice } from './choice.ts';
import { describeWork } from './describe-work.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Environment } from './given.ts';
import { helpText } from './help.ts';
import { say, type Voice } from './say.ts';
import { unknownVariables } from './unknown-variables.ts';
import { UsageError } from './usage-error.ts';
import { readVersion } from './version.ts';

/** What the program touches beside files and the protocol's own streams. */
export interface CommandIo {
  /** Written to by --help and --version alone. */
  readonly stdout: Voice;
  readonly stderr: Voice;
  /** Stops the server in order. */
  readonly signal: AbortSignal;
}

/** Runs one command line, the part after `atelier-mcp`, until the host has gone, and returns the exit code. Never rejects. */
export async function main(argv: readonly string[], env: Environment, io: CommandIo): Promise<ExitCode> {
  try {
    const choice = readChoice(argv, env);
    if (choice.kind !== 'serve') {
      io.stdout.write(`${choice.kind === 'help' ? helpText() : readVersion()}\n`);
      return exitCodes.done;
    }
    for (const { name, meant } of unknownVariables(choice.env)) {
      say(io.stderr, 'note', `nothing reads ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
    }
    await checkFolders(choice);
    say(io.stderr, 'atelier-mcp', describeWork(choice));
    // Not before: a mistake in the command line is told without loading the server.
    const { serve } = await import('./serve.ts');
    await serve(choice, io);
    return exitCodes.done;
  } catch (error) {
    return tell(error, env, io);
  }
}

function tell(error: unknown, env: Environment, { stderr }: CommandIo): ExitCode {
  say(stderr, 'error', error instanceof Error ? error.message : String(error));
  const hint = error instanceof UsageError || AtelierError.isInstance(error) ? error.hint : undefined;
  if (hint !== undefined) say(stderr, 'hint', hint);
  if (env.ATELIER_DEBUG === '1' && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`);
  // What the server's own parts refuse was asked for by the same command line.
  const isUsage = error instanceof UsageError || (AtelierError.isInstance(error) && error.code === 'invalid-input');
  return isUsage ? exitCodes.badUsage : exitCodes.failed;
}
