import { join, resolve } from 'node:path';

/** Where the embedded Postgres keeps things, all in `<folder>/postgres`. */
export interface Places {
  /** Absolute. */
  readonly folder: string;
  readonly root: string;
  /** Owned by the account that Postgres runs as: its data, its password, its log. Made whole, or not at all. */
  readonly cluster: string;
  readonly data: string;
  readonly password: string;
  readonly log: string;
  /** Included by the data's own configuration. Written at every start. */
  readonly settings: string;
  /** How the running server is reached. */
  readonly connection: string;
  /** A mark for each process that uses the server. */
  readonly users: string;
  /** Marks of those who start or stop it at the moment. */
  readonly locks: string;
}

export function placesIn(folder: string): Places {
  const root = join(resolve(folder), 'postgres');
  const cluster = join(root, 'cluster');
  return {
    folder: resolve(folder),
    root,
    cluster,
    data: join(cluster, 'data'),
    password: join(cluster, 'password'),
    log: join(cluster, 'server.log'),
    settings: join(root, 'settings.conf'),
    connection: join(root, 'connection.json'),
    users: join(root, 'users'),
    locks: join(root, 'locks'),
  };
}
