import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Io } from '../io.ts';
import { type JsonOutput, jsonOutputSchema } from '../json-output.ts';
import { main } from '../main.ts';

/** The path of a sample photo. */
export const photo = (name: string): string => fileURLToPath(new URL(`../../../../photos/${name}`, import.meta.url));

export interface CliOptions {
  readonly env?: Record<string, string>;
  /** All three streams are terminals of this width. */
  readonly columns?: number;
  /** Called with everything on standard error so far, each time something is added. */
  readonly onStderr?: (text: string, stdin: PassThrough) => void;
  readonly signal?: AbortSignal;
}

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the CLI in this process, with streams that remember. */
export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { env = {}, columns, onStderr, signal = new AbortController().signal } = options;
  const written = { stdout: '', stderr: '' };
  const stdin = new PassThrough();
  const isTty = columns !== undefined;
  const io: Io = {
    stdout: { columns, write: (text) => (written.stdout += text) },
    stderr: {
      columns,
      write(text) {
        written.stderr += text;
        onStderr?.(written.stderr, stdin);
      },
    },
    stdin,
    env,
    isTty: { stdin: isTty, stdout: isTty, stderr: isTty },
    signal,
  };
  const code = await main(argv, io);
  return { code, ...written };
}

/** The one JSON object on standard output, checked against the documented schema. */
export function jsonOf<Command extends JsonOutput['command']>(
  { stdout }: CliResult,
  command: Command,
): Extract<JsonOutput, { command: Command }> {
  if (stdout.trimEnd().includes('\n')) throw new Error(`more than one line on standard output: ${stdout}`);
  const output = jsonOutputSchema.parse(JSON.parse(stdout));
  if (output.command !== command) throw new Error(`the output is of ${output.command}`);
  // Checked on the line above; TypeScript does not narrow a union by a generic value.
  return output as Extract<JsonOutput, { command: Command }>;
}

/** Works in an empty folder, which is removed afterwards. */
export async function inEmptyFolder(work: (list: () => Promise<string[]>) => Promise<void>): Promise<void> {
  const before = process.cwd();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'atelier-cli-')));
  process.chdir(folder);
  try {
    await work(async () => (await readdir(folder)).sort());
  } finally {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  }
}
