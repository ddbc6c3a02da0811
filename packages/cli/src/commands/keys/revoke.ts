import { exitCodes } from '../../exit-codes.ts';
import type { KeysRevokeOutput } from '../../json-server-output.ts';
import { SetupError } from '../../setup-error.ts';
import { printable } from '../../terminal/printable.ts';
import { UsageError } from '../../usage-error.ts';
import type { Command, CommandContext, Finished } from '../command.ts';
import { isActive } from '../serve/check-access.ts';
import { createKeyLine } from '../serve/create-key-line.ts';
import { serveWordsIn } from '../serve/words.ts';
import { refuseWords } from './refuse-words.ts';
import { keyOptions, withKeys } from './with-keys.ts';

export const revoke: Command = {
  name: 'keys revoke',
  summary: 'End a key for good',
  usage: 'ID',
  about: [
    'Running servers notice within seconds. A key that was revoked before stays so. Revoking the last one does not open the server again.',
  ],
  options: keyOptions,
  examples: [{ line: 'atelier keys revoke abcdefghijkl', does: 'by its id, as atelier keys list shows it' }],
  requestOf: () => '',
  blank: (args) => ({ command: 'keys revoke', status: 'failure', id: args.positionals[0] ?? null, durationMs: 0 }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, language } = context;
  const words = serveWordsIn(language);
  const [id] = args.positionals;
  if (id === undefined) throw new UsageError('which key?', 'give its id; atelier keys list shows them');
  refuseWords(args, 1);
  if (id.startsWith('atl_')) throw new UsageError('that is a key, not its id', 'the id stands between the underscores');
  const { found, left, store } = await withKeys(context, { makes: false }, async ({ server, database, ...keys }) => ({
    found: await server.revokeApiKey(database, id),
    left: (await server.listApiKeys(database)).filter(isActive).length,
    store: keys.store,
  }));
  if (!found) {
    throw new SetupError({ code: 'key-unknown', message: words.noSuchKey(printable(id)), hint: words.noSuchKeyHint });
  }
  const output: KeysRevokeOutput = { command: 'keys revoke', status: 'success', id, durationMs: context.elapsed() };
  const notes = left === 0 ? [words.lastKeyRevoked(createKeyLine(store))] : [];
  return { exitCode: exitCodes.done, output, text: words.revoked(id), notes };
}
