import { createServer } from 'node:http';

/** A server that fails, and says in its failure all that it was told: headers, and the address. */
export async function telltaleServer(): Promise<{
  readonly host: string;
  readonly told: readonly string[];
  close(): Promise<void>;
}> {
  const told: string[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    const words = JSON.stringify({ url: request.url, headers: request.headers });
    told.push(words);
    request.resume();
    count += 1;
    response.writeHead([500, 401, 403, 404, 400][count % 5] ?? 500, words.length > 4000 ? 'no' : 'refused', {
      'content-type': 'application/json',
    });
    response.end(JSON.stringify({ error: { message: words, code: words, type: words }, message: words }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    host: `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    told,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
