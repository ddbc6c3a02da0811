import type { ApiKeyInfo } from '@atelier/server';
import { exitCodes } from '../../exit-codes.ts';
import type { KeysListOutput } from '../../json-server-output.ts';
import { printable } from '../../terminal/printable.ts';
import { renderTable } from '../../terminal/table.ts';
import type { Command, CommandContext, Finished } from '../command.ts';
import { serveWordsIn } from '../serve/words.ts';
import { refuseWords } from './refuse-words.ts';
import { keyOptions, withKeys } from './with-keys.ts';

export const list: Command = {
  name: 'keys list',
  summary: 'List the keys, without what lets one in',
  usage: '',
  about: ['Also those that expired or were revoked. The keys themselves are not stored, and cannot be shown.'],
  options: keyOptions,
  examples: [{ line: 'atelier keys list --json', does: 'for programs' }],
  requestOf: () => '',
  blank: () => ({ command: 'keys list', status: 'failure', keys: [], durationMs: 0 }),
  run,
};

type KeyState = KeysListOutput['keys'][number]['state'];

async function run(context: CommandContext): Promise<Finished> {
  refuseWords(context.args, 0);
  const found = await withKeys(context, { makes: false }, ({ server, database }) => server.listApiKeys(database));
  const keys = found.map((key) => ({
    id: key.id,
    tenant: key.tenant,
    name: key.name,
    state: stateOf(key),
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }));
  const output: KeysListOutput = { command: 'keys list', status: 'success', keys, durationMs: context.elapsed() };
  return { exitCode: exitCodes.done, output, text: textOf(context, output) };
}

function stateOf({ revokedAt, expiresAt }: ApiKeyInfo): KeyState {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt.getTime() <= Date.now() ? 'expired' : 'active';
}

function textOf({ language }: CommandContext, { keys }: KeysListOutput): string {
  const { keyColumns, keyStates, noKeys } = serveWordsIn(language);
  if (keys.length === 0) return noKeys;
  const rows = keys.map(({ id, tenant, name, state, createdAt }) => [
    id,
    tenant,
    printable(name),
    keyStates[state],
    createdAt.slice(0, 10),
  ]);
  const headings = [keyColumns.id, keyColumns.tenant, keyColumns.name, keyColumns.state, keyColumns.created];
  return renderTable(
    headings.map((title) => ({ title })),
    rows,
  );
}
