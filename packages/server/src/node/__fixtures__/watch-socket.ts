import { type ClientOptions, WebSocket } from 'ws';

export interface WatchedSocket {
  readonly client: WebSocket;
  /** Everything that came, parsed. */
  readonly messages: Record<string, unknown>[];
  /** Resolves when so many have come. */
  arrived(count: number): Promise<void>;
  /** How it ended: the close code, or the HTTP status where it was refused. */
  readonly ended: Promise<number>;
}

/** Opens a WebSocket as a client does, and keeps what comes. */
export function watchSocket(url: string, options: ClientOptions = {}): WatchedSocket {
  const client = new WebSocket(url, options);
  const messages: Record<string, unknown>[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  client.on('message', (data) => {
    messages.push(JSON.parse(String(data)));
    for (const { count, resolve } of waiting) if (messages.length >= count) resolve();
  });
  const ended = new Promise<number>((resolve, reject) => {
    client.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    client.on('close', (code) => resolve(code));
    client.on('error', reject);
  });
  return {
    client,
    messages,
    ended,
    arrived: (count) =>
      new Promise((resolve, reject) => {
        if (messages.length >= count) return resolve();
        waiting.push({ count, resolve });
        ended.then((code) => reject(new Error(`closed with ${code} after ${messages.length} messages`)), reject);
      }),
  };
}
