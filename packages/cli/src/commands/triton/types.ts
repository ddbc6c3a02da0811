import { basename, isAbsolute } from 'node:path';
import { exitCodes } from '../../exit-codes.ts';
import { checkWritable, writeOutput } from '../../files/writable.ts';
import { printable } from '../../terminal/printable.ts';
import { UsageError } from '../../usage-error.ts';
import type { Command, CommandContext, Finished } from '../command.ts';
import { factLines } from '../fact-lines.ts';
import { readConfigs } from './read-configs.ts';
import { onlyTarget, readServerAccess, type ServerTarget, serverOptions } from './server-options.ts';
import { withClient } from './with-client.ts';
import { tritonWordsIn } from './words.ts';

export const types: Command = {
  name: 'triton types',
  summary: "Write a server's models as TypeScript types",
  usage: '--url URL [-o FILE]',
  about: [
    "Reads the configuration of each model that is ready, and writes the types of its inputs and outputs: with them the compiler checks every call of new TritonClient<Models>({ url }).model('owlv2').infer({ ... }).",
    'Standard output holds the source and nothing else, unless -o names a file, which is written whole or not at all.',
  ],
  options: [
    { name: 'output', short: 'o', value: 'FILE', help: 'Where to write the source (default: standard output)' },
    { name: 'models', value: 'A,B', help: 'Only these models (default: all that are ready)' },
    { name: 'with-url', help: "Write the server's address into the first lines of the source" },
    ...serverOptions,
  ],
  examples: [
    { line: 'atelier triton types --url http://gpu-box:8000 > models.ts', does: 'all models' },
    { line: 'atelier triton types --url http://gpu-box:8000 --models owlv2,sam -o models.ts', does: 'two models' },
  ],
  requestOf: () => '',
  blank: () => ({
    command: 'triton types',
    status: 'failure',
    server: null,
    models: [],
    skipped: [],
    output: null,
    source: null,
    durationMs: 0,
  }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, io, progress, style } = context;
  const words = tritonWordsIn(context.language);
  if (args.positionals.length > 0) {
    throw new UsageError(
      `"${printable(args.positionals[0])}" is one word too many`,
      'models are named by --models A,B',
    );
  }
  const access = readServerAccess(args, io.env, 'atelier triton types --url http://gpu-box:8000');
  const target = onlyTarget(access);
  const wanted = readModels(args.get('models'));
  const file = args.get('output');
  const path = file === undefined ? undefined : await checkWritable(file, { example: 'models.ts' });
  progress.update(words.readingModels(target.url));
  const { configs, skipped } = await withClient(target, access, (client) =>
    readConfigs(client, { wanted, server: target.url, signal: io.signal }),
  );
  const { writeModelTypes } = await import('@atelier/sdk/triton');
  const command = commandLine(target, { wanted, file, withUrl: args.has('with-url'), tokenEnv: args.get('token-env') });
  const source = writeModelTypes(configs, { command });
  io.signal.throwIfAborted();
  if (path !== undefined && file !== undefined) await writeOutput(path, file, source);
  const models = configs.map(({ name }) => name);
  const facts: [string, string][] = [
    [context.words.written, style('bold', printable(file ?? ''))],
    [words.models, printable(models.join(', '))],
  ];
  return {
    exitCode: exitCodes.done,
    output: {
      command: 'triton types',
      status: 'success',
      server: target.url,
      models,
      skipped,
      output: path ?? null,
      source: path === undefined ? source : null,
      durationMs: context.elapsed(),
    },
    text: path === undefined ? source.trimEnd() : factLines(facts, style),
    notes: [
      ...(skipped.length > 0 ? [words.skipped(skipped.map(printable))] : []),
      ...(models.length === 0 ? [words.noneReady] : []),
    ],
  };
}

function readModels(written: string | undefined): string[] | undefined {
  if (written === undefined) return undefined;
  const names = written.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UsageError('--models holds an empty name', 'for example --models owlv2,sam');
  return [...new Set(names)];
}

interface Written {
  readonly wanted: readonly string[] | undefined;
  readonly file: string | undefined;
  readonly withUrl: boolean;
  readonly tokenEnv: string | undefined;
}

/** The command that makes the file again. Where the server stands, and where the file lies on this machine, stay out. */
function commandLine({ url, transport }: ServerTarget, { wanted, file, withUrl, tokenEnv }: Written): string {
  return [
    'atelier triton types',
    transport === 'http' ? '--url' : '--grpc-url',
    withUrl ? `${quoted(url)} --with-url` : 'URL',
    ...(wanted ? ['--models', quoted([...wanted].sort().join(','))] : []),
    ...(tokenEnv === undefined ? [] : ['--token-env', quoted(tokenEnv)]),
    ...(file === undefined ? ['> models.ts'] : ['-o', quoted(isAbsolute(file) ? basename(file) : file)]),
  ].join(' ');
}

/** A word for a shell. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
