import type { Logger } from 'pino';
import { choosePlaces } from './choose-places.ts';
import type { Connection } from './connection.ts';
import { embeddedError, folderFailed } from './embedded-error.ts';
import { withLock } from './file-lock.ts';
import { leave } from './leave.ts';
import { hasForeignMark, putMark } from './marks.ts';
import type { Places } from './places.ts';
import { isRunning } from './process-identity.ts';
import { findServer, type StartOptions, startServer } from './start-server.ts';
import { watch } from './watch.ts';

export interface EmbeddedPostgresOptions {
  /** Where the data is kept: in `<folder>/postgres`. @example '.atelier' */
  readonly folder: string;
  /** Default: the port that the running server has, else a free one. */
  readonly port?: number | undefined;
  readonly logger?: Logger | undefined;
  /** Nothing is forced to the disk: faster, and what was written is lost with the machine's power. For tests. Default false. */
  readonly fast?: boolean | undefined;
}

/** A Postgres on this machine, for as long as somebody uses it. */
export interface EmbeddedPostgres {
  /** With its password; reachable from this machine alone. Stays the same until `stop`. */
  readonly url: string;
  /** Where its data are: the folder that was asked for, or one in `/var/lib/atelier` where only root can get to that. */
  readonly folder: string;
  /** Whether this process started it; false: it ran already. */
  readonly owned: boolean;
  /** The server's process at the moment. */
  readonly pid: number;
  /** Leaves. The last one to leave stops the server; nothing of it runs afterwards. May be called again. */
  stop(): Promise<void>;
}

/** Milliseconds between looks whether the server still runs. */
const lookEvery = 1000;

/**
 * Starts Postgres from the binaries of npm on the data in `folder`, or joins the server that runs there already. It runs in a
 * session of its own; when it dies, one of its users starts it again on the same port. A user that is killed leaves too.
 * Throws `output-not-writable`, `not-allowed` (data that the account of Postgres cannot get to), `conflict` (data of another version, a machine that
 * shares the folder, a taken port), `capability-unavailable` (no binaries for this platform), `server-unavailable`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const places = await choosePlaces(options.folder);
  const start: StartOptions = { port: options.port, fast: options.fast ?? false };
  const mark = await putMark(places.users).catch((cause: unknown) => {
    throw folderFailed(places.root, cause);
  });
  const endWatcher = watch(places.folder, mark.path);
  const end = async () => {
    try {
      await mark.remove();
      await leave(places, mark.path);
    } finally {
      await endWatcher();
    }
  };
  try {
    return new RunningPostgres(places, await findOrStart(places, start), start, options.logger, end);
  } catch (error) {
    await end().catch(() => {});
    throw folderFailed(places.root, error);
  }
}

class RunningPostgres implements EmbeddedPostgres {
  readonly url: string;
  readonly folder: string;
  readonly owned: boolean;
  readonly #places: Places;
  readonly #start: StartOptions;
  readonly #logger: Logger | undefined;
  readonly #end: () => Promise<void>;
  readonly #looking: NodeJS.Timeout;
  #connection: Connection;
  #look: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(
    places: Places,
    { connection, owned }: { connection: Connection; owned: boolean },
    start: StartOptions,
    logger: Logger | undefined,
    end: () => Promise<void>,
  ) {
    this.url = connection.url;
    this.folder = places.folder;
    this.owned = owned;
    this.#connection = connection;
    this.#places = places;
    // Others know the server by this URL, so it comes back on the same port.
    this.#start = { ...start, port: Number(new URL(connection.url).port) };
    this.#logger = logger;
    this.#end = end;
    this.#looking = setInterval(() => this.#lookOnce(), lookEvery);
    this.#looking.unref();
  }

  get pid(): number {
    return this.#connection.server.pid;
  }

  stop(): Promise<void> {
    this.#stopped ??= (async () => {
      clearInterval(this.#looking);
      await this.#look;
      await this.#end();
    })();
    return this.#stopped;
  }

  #lookOnce(): void {
    this.#look ??= this.#reviveIfDead()
      .catch((error: unknown) =>
        this.#logger?.error({ err: error }, 'the embedded Postgres could not be started again'),
      )
      .finally(() => {
        this.#look = undefined;
      });
  }

  async #reviveIfDead(): Promise<void> {
    if (await isRunning(this.#connection.server)) return;
    const { connection, owned } = await findOrStart(this.#places, this.#start);
    this.#connection = connection;
    if (owned)
      this.#logger?.warn({ pid: connection.server.pid }, 'the embedded Postgres had ended and was started again');
  }
}

const findOrStart = (places: Places, options: StartOptions) =>
  withLock(places.locks, async () => {
    if (await hasForeignMark(places.users)) throw foreign(places);
    const found = await findServer(places);
    return found
      ? { connection: found, owned: false }
      : { connection: await startServer(places, options), owned: true };
  });

const foreign = ({ root }: Places) =>
  embeddedError(
    'conflict',
    'The embedded Postgres of this folder is in use on another machine or in another container.',
    'Set DATABASE_URL to one Postgres for all of them. If the other one has ended, try again in half a minute.',
    { folder: root },
  );
