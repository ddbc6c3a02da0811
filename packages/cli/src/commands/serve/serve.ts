import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Studio } from '@atelier/sdk';
import type { AgentApp, AgentOptions } from '@atelier/server';
import type { ClaimedPort } from '@atelier/server/node';
import { backendsNamed, chooseBackends } from '../../backends.ts';
import { brainNamed, chooseBrain } from '../../brain.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { ServeOutput } from '../../json-server-output.ts';
import { withStudio } from '../../studio/open-studio.ts';
import type { Command, CommandContext } from '../command.ts';
import { isLoopback } from '../triton/up/up-options.ts';
import { checkAccess } from './check-access.ts';
import { createKeyLine } from './create-key-line.ts';
import { reachOf } from './reach.ts';
import { readEnvFile } from './read-env-file.ts';
import { readyText } from './ready-text.ts';
import { readServeChoice, type ServeChoice } from './serve-choice.ts';
import { serveOptions } from './serve-options.ts';
import { warnOfUnknownVariables } from './warn-of-unknown-variables.ts';
import { type OpenedDatabase, withDatabase } from './with-database.ts';
import { type ServeWords, serveWordsIn } from './words.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'Serve the agent API: durable jobs over HTTP, live events',
  usage: '[--port 3000]',
  about: [
    'Takes requests over HTTP, works on them as jobs that survive crashes, and streams their events. Runs until Ctrl-C; then what is at work may end or is handed over, and the exit code is 0. The reference is at /docs.',
    'Jobs, sessions and keys are in Postgres: an embedded one, in .atelier of the current folder, or the one that DATABASE_URL names. Several processes on one Postgres share the jobs.',
    'On 127.0.0.1 it is open until the first key is made (atelier keys create), and closed from then on, also when that key is revoked or has expired. On other addresses, and where it is known under another name (--public-url, ATELIER_ALLOWED_HOSTS), it starts only with a key or with tokens (ATELIER_JWKS_URL).',
    'All settings are environment variables, also from a file .env in the current folder; .env.example in the repository names and explains them.',
  ],
  options: serveOptions,
  examples: [
    { line: 'atelier serve', does: 'on this machine, open, with everything in .atelier' },
    {
      line: 'DATABASE_URL=postgres://... atelier serve --host 0.0.0.0 --port 8080',
      does: 'for others, who need a key',
    },
    { line: 'atelier serve --backend triton --url http://gpu-box:8000', does: 'pictures go to a Triton server' },
  ],
  requestOf: () => '',
  blank: (args, env) => ({
    command: 'serve',
    status: 'failure',
    url: null,
    open: false,
    database: null,
    pictures: null,
    worker: !args.has('no-worker'),
    brain: brainNamed(args.get('brain'), env),
    backends: [...backendsNamed(args)],
    durationMs: 0,
  }),
  run,
};

async function run(given: CommandContext): Promise<ExitCode> {
  const env = await readEnvFile(given.io.env);
  const context = { ...given, io: { ...given.io, env } };
  const { args, io } = context;
  const words = serveWordsIn(context.language);
  const choice = readServeChoice(args, env);
  const brain = await chooseBrain(args.get('brain'), env);
  const backends = chooseBackends(args, env);
  warnOfUnknownVariables(context, words);
  const { claimPort } = await import('@atelier/server/node');
  // First: where the port is taken, no Postgres is started and no job is begun.
  const claimed = await claimPort(choice);
  try {
    return await withDatabase(context, choice.store, (database) =>
      withStudio(context, { backends, brain, doing: words.opening }, async (studio) => {
        const app = await openApp(studio, choice, database, io.isTty.stderr);
        try {
          const names = { brain: brain.name, backends: [...backends.names] };
          return await serveUntilStopped(app, context, { choice, claimed, database, words, names });
        } finally {
          // Nothing to do where it was closed in order.
          await app.close({ graceSeconds: 0 });
        }
      }),
    );
  } finally {
    await claimed.close();
  }
}

async function openApp(studio: Studio, choice: ServeChoice, database: OpenedDatabase, isTerminal: boolean) {
  const [{ createAgentApp }, { createLogger }, { fileAssetStore }] = await Promise.all([
    import('@atelier/server'),
    import('@atelier/server/node'),
    import('@atelier/sdk'),
  ]);
  const { jwt, ...app } = choice.app;
  const options: AgentOptions = {
    ...app,
    databaseUrl: database.url,
    auth: { jwt, open: reachOf(choice) === undefined },
    assets: choice.s3
      ? (await import('@atelier/server/s3')).s3AssetStore(choice.s3)
      : fileAssetStore(picturesIn(choice.store.folder)),
    allowedHosts: [...(choice.app.allowedHosts ?? []), ...ownAddresses(choice.host)],
    imageUrls: choice.imageHosts.length === 0 ? undefined : ({ hostname }) => isListed(hostname, choice.imageHosts),
    // A person at a terminal wants to know what went wrong; a log collector wants every request.
    logger: createLogger(choice.logLevel ?? (isTerminal ? 'warn' : 'info')),
  };
  return createAgentApp(studio, options);
}

interface Serving {
  readonly choice: ServeChoice;
  readonly claimed: ClaimedPort;
  readonly database: OpenedDatabase;
  readonly words: ServeWords;
  readonly names: Pick<ServeOutput, 'brain' | 'backends'>;
}

async function serveUntilStopped(app: AgentApp, context: CommandContext, serving: Serving): Promise<ExitCode> {
  const { io, progress } = context;
  const { choice, claimed, database, words, names } = serving;
  // Before this process takes jobs, too.
  const hasKey = await checkAccess(database.url, choice, words);
  io.signal.throwIfAborted();
  const node = await import('@atelier/server/node');
  const server = await node.serve(app, { claimed });
  const output: ServeOutput = {
    command: 'serve',
    status: 'success',
    url: server.url,
    open: await (await app.services()).auth.isOpen(),
    database: database.shown,
    pictures: choice.s3 ? words.bucket(choice.s3.bucket) : picturesIn(choice.store.folder),
    worker: choice.worker,
    ...names,
    durationMs: context.elapsed(),
  };
  const facts = { sample: choice.sample, hasKey, createKey: createKeyLine(choice.store) };
  progress.clear();
  context.show({ output, text: readyText(output, facts, words, context.style) });
  if (!io.signal.aborted) await once(io.signal, 'abort');
  const began = performance.now();
  progress.note(words.stopping);
  await server.close({ graceSeconds: choice.shutdownSeconds });
  progress.done(words.stopped, performance.now() - began);
  return exitCodes.done;
}

/** Not where sessions of the command line have theirs: what the server no longer needs it deletes. */
const picturesIn = (folder: string): string => join(folder, 'server', 'assets');

/** Numbers lead nowhere else by name, so others may use all of this machine's. */
function ownAddresses(host: string): string[] {
  if (isLoopback(host)) return [];
  const addresses = host === '0.0.0.0' || host === '::' ? Object.values(networkInterfaces()).flat() : [];
  return [host, ...addresses.flatMap((found) => found?.address ?? [])].map((address) =>
    address.includes(':') ? `[${address.split('%')[0]}]` : address,
  );
}

/** `*` is any host, `*.example.org` those below it. */
const isListed = (hostname: string, hosts: readonly string[]): boolean =>
  hosts.some((host) => {
    const wanted = host.toLowerCase();
    if (wanted === '*') return true;
    return wanted.startsWith('*.') ? hostname.endsWith(wanted.slice(1)) : hostname === wanted;
  });
