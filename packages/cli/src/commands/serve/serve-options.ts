import { backendOptions } from '../../backends.ts';
import type { OptionSpec } from '../../options.ts';

/** Where the agent API keeps things: of `serve`, and of the commands that look into the same place. */
export const storeOptions: readonly OptionSpec[] = [
  {
    name: 'data',
    value: 'FOLDER',
    help: 'Where the embedded Postgres and pictures are kept (default: .atelier; or ATELIER_DIR)',
  },
  {
    name: 'database',
    value: 'URL',
    help: 'A Postgres of your own, postgres://user@host/name, instead of the embedded one (or DATABASE_URL)',
  },
];

export const serveOptions: readonly OptionSpec[] = [
  {
    name: 'host',
    value: 'ADDRESS',
    help: 'Address to listen on (default: 127.0.0.1; others need a key or JWT; or ATELIER_HOST)',
  },
  { name: 'port', value: 'N', help: 'Port to listen on; 0 is any free one (default: 3000; or ATELIER_PORT)' },
  {
    name: 'public-url',
    value: 'URL',
    help: 'How others reach it, for the URLs that it hands out; needs a key or JWT (or ATELIER_PUBLIC_URL)',
  },
  ...storeOptions,
  { name: 'no-worker', help: 'Takes requests, and leaves the jobs to other processes (or ATELIER_WORKER=off)' },
  { name: 'sample', value: 'PHOTO', help: 'Picture of the curl line that is shown (default: a tiny one inside it)' },
  {
    name: 'brain',
    value: 'NAME',
    help: 'Who plans: planner (default), openai:MODEL, google:MODEL or compatible:MODEL (or ATELIER_BRAIN)',
  },
  ...backendOptions,
];
