import { createServer, type RequestListener, type Server } from 'node:http';
import { authenticator } from '../auth/authenticator.ts';
import { resourceMetadataUrl } from '../auth/resource-metadata.ts';
import { baseUrlOf, checkExposure, defaultHost, isBoundToLoopback } from './exposure.ts';
import { requestsAtWork } from './graceful.ts';
import { hostGuard } from './host-guard.ts';
import type { HttpOptions, HttpServer, HttpTimeouts } from './http-options.ts';
import { listen } from './listen.ts';
import { mcpEndpoint } from './mcp-endpoint.ts';
import { originGuard } from './origin-guard.ts';
import { router } from './router.ts';
import { fileSender } from './uploads/send-file.ts';
import { uploadTaker } from './uploads/take-upload.ts';

const defaultPort = 3333;
const defaultGraceMs = 10_000;
/** Longer than balancers keep idle connections, which are mostly closed after 60 seconds: the side that asks should close. */
const keepAliveMs = 65_000;

/**
 * Serves MCP over Streamable HTTP at `/mcp`, with `/healthz`, uploads and files beside it; resolves once it listens. Rejects with
 * `invalid-input` for options that cannot be used or would open it to others by accident, with `conflict` or `not-allowed` where
 * the port cannot be had.
 * @example const server = await serveHttp({ makeServer, workshops, auth: { keys: parseKeys('lee=...') }, port: 3333 });
 */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const { host = defaultHost, port: wanted = defaultPort, onerror = toStderr, auth = {}, workshops, uploads } = options;
  let baseUrl = '';
  const url = (): string => `${baseUrl}/mcp`;
  const authentication = authenticator(auth, url);
  checkExposure(options, authentication.isOpen);
  const issuer = auth.jwt?.issuer;
  const metadataUrl = () => (issuer === undefined ? undefined : resourceMetadataUrl(url()));
  const endpoint = mcpEndpoint({ ...options, onerror, resourceMetadataUrl: metadataUrl });
  const atWork = requestsAtWork();
  const route = router({
    ...{ authenticator: authentication, endpoint, url, issuer, onerror, atWork },
    ...guardsOf(options),
    takeUpload: uploads && uploadTaker(uploads, workshops),
    sendFile: uploads && fileSender(uploads, workshops),
  });
  const server = httpServer(options.timeouts);
  const answer: RequestListener = (request, response) => void route(request, response);
  // Who asks first whether to send its body is told at once where it need not.
  server.on('request', answer).on('checkContinue', answer);
  const port = await listen(server, host, wanted);
  baseUrl = baseUrlOf(options, port);
  uploads?.servedBy({ baseUrl, keyOf: authentication.keyOf });
  return {
    ...{ url: url(), baseUrl, port },
    close: ({ graceMs = defaultGraceMs } = {}) => atWork.close(server, graceMs, endpoint.close),
  };
}

function guardsOf(options: HttpOptions) {
  const { publicUrl, allowedHosts = [], allowedOrigins = [] } = options;
  const loopback = isBoundToLoopback(options);
  const own = publicUrl === undefined ? undefined : new URL(publicUrl);
  return {
    guardHost: hostGuard({ loopback, publicHost: own?.hostname, allowed: allowedHosts }),
    guardOrigin: originGuard({ loopback, publicOrigin: own?.origin, allowed: allowedOrigins }),
  };
}

function httpServer({ headersMs = 10_000, requestMs = 120_000, checkMs = 2_000 }: HttpTimeouts = {}): Server {
  return createServer({
    headersTimeout: Math.min(headersMs, requestMs),
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
    keepAliveTimeout: keepAliveMs,
  });
}

/** One line and no stack: what it says may be shown to operators, what it was made of may not. */
function toStderr({ name, message }: Error): void {
  console.error(`atelier-mcp: ${name}: ${message.replaceAll(/[\s\p{Cc}]+/gu, ' ').slice(0, 500)}`);
}
