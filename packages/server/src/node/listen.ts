import type { Server } from 'node:http';
import { AtelierError, type AtelierErrorCode } from '@atelier/sdk/errors';

const problems: Readonly<Record<string, { code: AtelierErrorCode; message: string; hint: string } | undefined>> = {
  EADDRINUSE: {
    code: 'conflict',
    message: 'is in use by another program',
    hint: 'Choose another port, or end the other one.',
  },
  EACCES: {
    code: 'not-allowed',
    message: 'may not be listened on by this account',
    hint: 'Choose a port from 1024 on.',
  },
  EADDRNOTAVAIL: {
    code: 'invalid-input',
    message: 'is no address of this machine',
    hint: 'Use 127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses.',
  },
  ENOTFOUND: {
    code: 'invalid-input',
    message: 'is no address of this machine',
    hint: 'Use 127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses.',
  },
};

/** Listens, and returns the port. Rejects with what to do. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const problem = problems[cause.code ?? ''];
      if (!problem) return reject(cause);
      const { code, message, hint } = problem;
      reject(
        new AtelierError({ code, message: `Port ${port} of ${host} ${message}.`, hint, details: { port }, cause }),
      );
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
