import { writeFile } from 'node:fs/promises';
import type { Places } from './places.ts';

/** Writes how the server is to run; only programs of this machine that know the password reach it. */
export async function writeSettings(places: Places, port: number, fast: boolean): Promise<void> {
  const lines = [
    '# Written at every start of the embedded Postgres.',
    "listen_addresses = '127.0.0.1'",
    `port = ${port}`,
    "unix_socket_directories = ''",
    'password_encryption = scram-sha-256',
    'max_connections = 200',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    // One server, no standby: less is written.
    'wal_level = minimal',
    'max_wal_senders = 0',
    // Its log stays small, and holds nothing of what people asked for.
    'log_checkpoints = off',
    'log_min_error_statement = panic',
    'log_error_verbosity = terse',
    ...(fast ? ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off'] : []),
  ];
  await writeFile(places.settings, `${lines.join('\n')}\n`, { mode: 0o644 });
}
