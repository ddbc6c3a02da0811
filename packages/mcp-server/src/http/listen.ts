import type { Server } from 'node:http';
import { AtelierError, type AtelierErrorCode } from '@atelier/sdk/errors';

const notHere = {
  code: 'invalid-input',
  message: 'is no address of this machine',
  hint: 'Use 127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses.',
} as const;

const problems: Readonly<Record<string, { code: AtelierErrorCode; message: string; hint: string }>> = {
  EADDRINUSE: {
    code: 'conflict',
    message: 'is in use by another program',
    hint: 'Choose another port, or end that one.',
  },
  EACCES: { code: 'not-allowed', message: 'may not be listened on by this account', hint: 'Choose one from 1024 on.' },
  EADDRNOTAVAIL: notHere,
  ENOTFOUND: notHere,
};

/** Listens, and returns the port. Rejects with `conflict`, `not-allowed` or `invalid-input` and what to do. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new AtelierError({ code: 'invalid-input', message: `${port} is no port.`, hint: 'Choose 0 to 65535.' });
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException): void => {
      const problem = problems[cause.code ?? ''];
      if (!problem) {
        reject(cause);
        return;
      }
      const { code, message, hint } = problem;
      reject(
        new AtelierError({ code, message: `Port ${port} of ${host} ${message}.`, hint, details: { port }, cause }),
      );
    };
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}
