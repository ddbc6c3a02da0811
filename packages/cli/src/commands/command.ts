import type { Language } from '@atelier/sdk';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type {
  AskOutput,
  BatchOutput,
  DetectOutput,
  EditOutput,
  SegmentOutput,
  TritonPullOutput,
  TritonStatusOutput,
  TritonTypesOutput,
  TritonUpOutput,
} from '../json-output.ts';
import type { KeysCreateOutput, KeysListOutput, KeysRevokeOutput, ServeOutput } from '../json-server-output.ts';
import type { Words } from '../messages.ts';
import type { Arguments, OptionSpec } from '../options.ts';
import type { Progress } from '../terminal/progress.ts';
import type { Style } from '../terminal/style.ts';

/** What a command prints with `--json`. */
export type CommandOutput =
  | EditOutput
  | BatchOutput
  | AskOutput
  | DetectOutput
  | SegmentOutput
  | TritonTypesOutput
  | TritonStatusOutput
  | TritonUpOutput
  | TritonPullOutput
  | ServeOutput
  | KeysCreateOutput
  | KeysListOutput
  | KeysRevokeOutput;

export interface CommandContext {
  readonly args: Arguments;
  readonly io: Io;
  /** Language of messages and answers. */
  readonly language: Language;
  readonly words: Words;
  readonly progress: Progress;
  /** Paints text for standard output. */
  readonly style: Style;
  readonly json: boolean;
  /** Milliseconds since the command began, whole. */
  elapsed(): number;
  /** Prints a result now, for a command that goes on; once. What fails after it is told on standard error alone. */
  show(shown: Shown): void;
}

/** A result: one of its forms is printed. */
export interface Shown {
  readonly output: CommandOutput;
  /** For people, without the last line break. */
  readonly text: string;
}

/** How a command ended when it did not fail. */
export interface Finished extends Shown {
  readonly exitCode: ExitCode;
  /** What was odd about the command line, though it worked: for standard error, also with `--quiet`. */
  readonly notes?: readonly string[];
}

export interface Example {
  readonly line: string;
  readonly does: string;
}

/** One command: what help says about it, and what it does. */
export interface Command {
  /** As it is written after `atelier`; a second word where it belongs to a group. */
  readonly name: CommandOutput['command'];
  readonly summary: string;
  /** What follows the command's name. */
  readonly usage: string;
  /** What it does and writes, one paragraph each. */
  readonly about: readonly string[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  /** The request's words, whose script decides on the language of the answers. */
  requestOf(args: Arguments): string;
  /** The JSON of a command that achieved nothing; the reason is added. */
  blank(args: Arguments, env: Io['env']): CommandOutput;
  /** An exit code alone where `show` has printed the result. Throws `UsageError`, `SetupError`, `AtelierError`. */
  run(context: CommandContext): Promise<Finished | ExitCode>;
}

/** Commands whose names begin with the same word. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly about: readonly string[];
}
