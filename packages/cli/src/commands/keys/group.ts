import type { CommandGroup } from '../command.ts';

export const keys: CommandGroup = {
  name: 'keys',
  summary: 'API keys of the agent API',
  about: [
    'A key opens the jobs, pictures and sessions of one tenant. From the first one on atelier serve lets nobody in without, also when that one is revoked or has expired.',
    'They are kept in the Postgres of atelier serve: name the same --data or --database, if you did there.',
  ],
};
