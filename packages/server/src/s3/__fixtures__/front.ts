import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Stands before a server and hands everything on, but for what `intercept` answers itself (and says so with `true`): servers
 * that lack a feature, are overloaded, or break off in the middle.
 */
export async function front(
  behind: string,
  intercept: (request: IncomingMessage, response: ServerResponse, forward: () => Promise<Response>) => Promise<boolean>,
): Promise<Front> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const forward = () =>
      fetch(`${behind}${request.url}`, { ...handedOn(request), ...(body.length > 0 ? { body } : {}) });
    if (await intercept(request, response, forward)) return;
    const answer = await forward();
    const bytes = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(bytes);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function handedOn({ method = 'GET', headers }: IncomingMessage): RequestInit {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !/^(connection|content-length|expect|transfer-encoding)$/.test(name)
      ? [[name, value]]
      : [],
  );
  return { method, headers: kept };
}
