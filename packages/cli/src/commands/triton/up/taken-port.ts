/** The port that a server found taken, by its own words: "Socket '127.0.0.1:46133' already in use". */
export function takenPort(log: string): number | undefined {
  const [, port] = /:(\d+)' already in use/i.exec(log) ?? [];
  return port === undefined ? undefined : Number(port);
}

/** What a server wrote that tells something: not the tables of its options and models, and no empty lines. */
export const tellingLines = (log: string): string[] => log.split('\n').filter((line) => /^\s*[^\s|+]/.test(line));
