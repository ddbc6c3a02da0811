import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fromSources } from '../../__fixtures__/command-line.ts';
import type { GoldenPlace } from './golden-client.ts';

/** A server for each client that connects. */
export const stdioPlace = (data: string, ...parameters: readonly string[]): GoldenPlace => ({
  over: 'stdio',
  command: process.execPath,
  parameters: [...fromSources, '--data', data, ...parameters],
});

export interface HttpPlaceOptions {
  /** What Node runs. Default: the sources. */
  readonly command?: readonly string[];
  readonly parameters?: readonly string[];
}

/** The command serving HTTP on a free port, for all clients. */
export async function httpPlace(
  data: string,
  { command = fromSources, parameters = [] }: HttpPlaceOptions = {},
): Promise<{ place: GoldenPlace; url: string; close(): Promise<void> }> {
  const all = [...command, '--http', '--port', '0', '--data', data, ...parameters];
  const server = spawn(process.execPath, all, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stderr }).on('line', (line) => {
      said.push(line);
      const [, found] = /listening at (\S+);/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => reject(new Error(`The server ended:\n${said.join('\n')}`)));
  });
  return {
    place: { over: 'http', url },
    url,
    async close() {
      if (server.exitCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}
