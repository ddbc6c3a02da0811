import { exitCodes } from '../../exit-codes.ts';
import type { KeysCreateOutput } from '../../json-server-output.ts';
import { UsageError } from '../../usage-error.ts';
import { readCount } from '../../values.ts';
import type { Command, CommandContext, Finished } from '../command.ts';
import { factLines } from '../fact-lines.ts';
import { serveWordsIn } from '../serve/words.ts';
import { refuseWords } from './refuse-words.ts';
import { keyOptions, withKeys } from './with-keys.ts';

const mostDays = 3650;

export const create: Command = {
  name: 'keys create',
  summary: 'Make a key, and show it once',
  usage: '--tenant NAME',
  about: [
    'Only a hash of the key is stored: it is shown here and never again. From the first key on atelier serve lets nobody in without one.',
  ],
  options: [
    { name: 'tenant', value: 'NAME', help: 'Whose jobs, pictures and sessions it opens' },
    { name: 'name', value: 'TEXT', help: 'What it is for, in lists (default: that of the tenant)' },
    { name: 'expires', value: 'DAYS', help: 'Days until it opens nothing any more (default: never)' },
    ...keyOptions,
  ],
  examples: [{ line: 'atelier keys create --tenant studio --name "the web page" --expires 90', does: 'for 90 days' }],
  requestOf: () => '',
  blank: (args) => ({
    command: 'keys create',
    status: 'failure',
    id: null,
    key: null,
    tenant: args.get('tenant') ?? null,
    name: args.get('name') ?? null,
    expiresAt: null,
    database: null,
    durationMs: 0,
  }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args } = context;
  refuseWords(args, 0);
  const tenant = args.get('tenant');
  if (tenant === undefined) throw new UsageError('whose key is it?', 'name a tenant: --tenant NAME');
  const name = args.get('name') ?? tenant;
  const days = args.get('expires');
  const expiresAt =
    days === undefined ? undefined : new Date(Date.now() + readCount(days, '--expires', mostDays) * 86_400_000);
  const made = await withKeys(context, { makes: true }, async ({ server, database, shown }) => ({
    ...(await server.createApiKey(database, { tenant, name, expiresAt })),
    database: shown,
  }));
  const output: KeysCreateOutput = {
    command: 'keys create',
    status: 'success',
    ...made,
    ...{ tenant, name },
    expiresAt: expiresAt?.toISOString() ?? null,
    durationMs: context.elapsed(),
  };
  return { exitCode: exitCodes.done, output, text: textOf(context, output) };
}

function textOf({ language, style }: CommandContext, { id, key, tenant, database }: KeysCreateOutput): string {
  const words = serveWordsIn(language);
  const facts: [string, string][] = [
    [words.key, style('bold', key ?? '')],
    [words.keyColumns.id, id ?? ''],
    [words.keyColumns.tenant, tenant ?? ''],
    [words.columns.database, database ?? ''],
  ];
  return `${factLines(facts, style)}\n\n${words.keyOnce}`;
}
