import { homedir } from 'node:os';
import type { McpSettings } from '../options.ts';
import { type Environment, Given, isYes } from './given.ts';
import { absolutePath, dataFolder, type Place, pathSeparator } from './places.ts';
import { printable } from './printable.ts';
import { type HttpChoice, readHttp } from './read-http.ts';
import { oneOf, readPictureHost } from './read-values.ts';
import { readWork, type WorkChoice } from './read-work.ts';
import { UsageError } from './usage-error.ts';

/** How the server is to run; nothing was looked up yet, so folders need not exist. */
export interface ServeChoice extends Pick<McpSettings, 'images' | 'language' | 'approve' | 'output'> {
  readonly kind: 'serve';
  /** Absolute. */
  readonly roots: readonly string[];
  /** Names of servers, `*.` before a name for all below it, `*` for any. */
  readonly urlHosts: readonly string[];
  readonly session: string | undefined;
  /** Absolute. */
  readonly data: string;
  readonly work: WorkChoice;
  /** Undefined: over stdio. */
  readonly http: HttpChoice | undefined;
  /** The environment without what says nothing; brains find their keys there. */
  readonly env: Environment;
}

export type Choice = ServeChoice | { readonly kind: 'help' } | { readonly kind: 'version' };

const here = (): Place => ({ cwd: process.cwd(), home: homedir(), platform: process.platform });

/** What a command line (the part after `atelier-mcp`) and the environment ask for. Reads nothing else. Throws `UsageError`. */
export function readChoice(argv: readonly string[], env: Environment, place: Place = here()): Choice {
  const given = Given.read(argv, env, pathSeparator(place));
  if (given.isOn('help')) return { kind: 'help' };
  if (given.isOn('version')) return { kind: 'version' };
  const work = readWork(given);
  const roots = [...given.all('root').map(({ value }) => value), ...given.folders];
  const output = given.one('output')?.value;
  const data = given.one('data')?.value;
  return {
    kind: 'serve',
    roots: [...new Set(roots.map((root) => absolutePath(root, place)))],
    output: output === undefined ? undefined : absolutePath(output, place),
    urlHosts: given.all('url-host').map(readPictureHost),
    images: readImages(given),
    approve: oneOf(given.one('approve'), ['never', 'edits']),
    language: oneOf(given.one('lang'), ['en', 'ko']),
    session: readSession(given),
    data: data === undefined ? dataFolder(given.env, place) : absolutePath(data, place),
    work,
    http: readHttp(given, work),
    env: given.env,
  };
}

function readImages(given: Given): 'on' | 'off' {
  const images = given.one('images');
  return images === undefined || isYes(images.value, images.from) ? 'on' : 'off';
}

/** As the SDK names sessions; its own check would load all of it. */
function readSession(given: Given): string | undefined {
  const session = given.one('session');
  if (session === undefined || /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/.test(session.value)) return session?.value;
  throw new UsageError(
    `${session.from} cannot be "${printable(session.value.slice(0, 40))}"`,
    'use 1 to 128 letters, digits, dots, dashes and underscores, not starting with a dot',
  );
}
