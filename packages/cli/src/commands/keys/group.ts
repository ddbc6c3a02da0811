import type { CommandGroup } from '../command.ts';

export const keys: CommandGroup = {
  name: 'keys',
  summary: 'API keys of the agent API',
  about: [
    'A key opens the jobs, pictures and sessions of one tenant. As soon as there is one, atelier serve lets nobody in without.',
    'They are kept in the Postgres of atelier serve: name the same --data or --database, if you did there.',
  ],
};
