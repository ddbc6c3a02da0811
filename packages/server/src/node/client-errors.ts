import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from './refuse-upgrade.ts';

const problems: Readonly<Record<string, readonly [status: number, code: string, message: string] | undefined>> = {
  HPE_HEADER_OVERFLOW: [431, 'request-too-large', 'The headers of the request are too long.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'request-too-large', 'The request is too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'timed-out', 'The request did not come in time.'],
};
const unreadable = [400, 'invalid-input', 'This is no request that can be read.'] as const;

/** What Node refuses before anybody is asked gets the form of every other error; Node itself would answer without a word. */
export function answerClientErrors(server: Server): void {
  const answers = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => answers.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = answers.get(socket);
    // A second answer in the middle of the first would be read as a part of it.
    const isAnswering = answer?.headersSent === true && !answer.writableFinished;
    if (!socket.writable || isAnswering) return void socket.destroy();
    const [status, code, message] = problems[error.code ?? ''] ?? unreadable;
    socket.on('error', () => socket.destroy());
    refuseUpgrade(socket, status, code, message);
    // Whoever does not read is not waited for.
    setTimeout(() => socket.destroy(), 1000).unref();
  });
}
