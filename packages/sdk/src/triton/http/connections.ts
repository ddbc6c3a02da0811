import { Pool } from 'undici';
import { checkTls } from '../check-tls.ts';
import type { TransportOptions } from '../transport.ts';
import { positive } from './positive.ts';

const defaultConnections = 64;

/**
 * Connections of one server, kept alive between calls. undici's own timeouts are off: a call has one of ours. HTTP/1.1
 * only, which is what Triton speaks: multiplexing one connection through a proxy would make all calls share its fate.
 */
export function openConnections(origin: string, { tls, connections }: TransportOptions): Pool {
  if (tls) checkTls(tls);
  return new Pool(origin, {
    connections: positive(connections ?? defaultConnections, 'connections'),
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { ca: tls?.ca, cert: tls?.cert, key: tls?.key, servername: tls?.serverName },
  });
}
