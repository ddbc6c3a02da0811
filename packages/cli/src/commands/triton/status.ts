import { exitCodes } from '../../exit-codes.ts';
import type { TritonServerStatus } from '../../json-output.ts';
import { describeFailure } from '../../report-error.ts';
import { printable } from '../../terminal/printable.ts';
import { UsageError } from '../../usage-error.ts';
import type { Command, CommandContext, Finished } from '../command.ts';
import { readServerAccess, serverOptions } from './server-options.ts';
import { readServerStatus } from './server-status.ts';
import { serverText } from './status-text.ts';
import { withClient } from './with-client.ts';
import { tritonWordsIn } from './words.ts';

export const status: Command = {
  name: 'triton status',
  summary: "Show servers' models, and how they are doing",
  usage: '--url URL ...',
  about: [
    'Prints a table for each server: its models with their versions and states, the requests that succeeded and failed, the mean time a request waited and was computed, the mean batch, the part of requests that the response cache answered, and when each was last used. The figures count from when the model was loaded.',
    'A server that is live and not ready is shown as such, and the command ends with 0. It ends with 1 where a server cannot be asked; of several servers the others are still shown.',
  ],
  options: serverOptions,
  examples: [
    { line: 'atelier triton status --url http://gpu-box:8000', does: 'one server' },
    { line: 'atelier triton status --url http://a:8000 --url http://b:8000 --json', does: 'two servers, as JSON' },
  ],
  requestOf: () => '',
  blank: () => ({ command: 'triton status', status: 'failure', servers: [], durationMs: 0 }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, io, style, language } = context;
  if (args.positionals.length > 0) {
    throw new UsageError(`"${printable(args.positionals[0])}" is one word too many`, 'servers are named by --url URL');
  }
  const access = readServerAccess(args, io.env, 'atelier triton status --url http://gpu-box:8000');
  const words = tritonWordsIn(language);
  context.progress.update(words.asking(access.targets.map(({ url }) => url)));
  const servers = await Promise.all(
    access.targets.map(async (target): Promise<TritonServerStatus> => {
      try {
        return await withClient(target, access, (client) => readServerStatus(client, target.url, io.signal));
      } catch (cause) {
        // One server alone fails as every command does; among several the others still have something to tell.
        if (access.targets.length === 1 || io.signal.aborted) throw cause;
        const { error } = describeFailure(cause, io, language);
        return { server: target.url, live: false, ready: false, name: null, version: null, models: [], error };
      }
    }),
  );
  const failed = servers.find(({ error }) => error !== undefined)?.error;
  const width = io.isTty.stdout ? io.stdout.columns : undefined;
  const options = { words, style, width, now: Date.now(), error: context.words.error };
  return {
    exitCode: failed ? exitCodes.failed : exitCodes.done,
    output: {
      command: 'triton status',
      status: failed ? 'failure' : 'success',
      servers,
      durationMs: context.elapsed(),
      ...(failed ? { error: failed } : {}),
    },
    text: servers.map((server) => serverText(server, options)).join('\n\n'),
  };
}
