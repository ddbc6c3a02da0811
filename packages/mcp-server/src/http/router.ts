import type { IncomingMessage, ServerResponse } from 'node:http';
import { AtelierError } from '@atelier/sdk/errors';
import type { Authenticator } from '../auth/authenticator.ts';
import { challengeHeader } from '../auth/challenge.ts';
import { isResourceMetadataPath, resourceMetadata, resourceMetadataUrl } from '../auth/resource-metadata.ts';
import { failureOf, sendFailure, sendJson } from './answers.ts';
import type { AtWork } from './graceful.ts';
import type { McpEndpoint } from './mcp-endpoint.ts';
import type { SendFile } from './uploads/send-file.ts';
import type { TakeUpload } from './uploads/take-upload.ts';

export interface RouterParts {
  readonly authenticator: Authenticator;
  readonly endpoint: McpEndpoint;
  /** Throws for foreign names. */
  readonly guardHost: (request: IncomingMessage) => void;
  /** Throws for foreign pages; true where it has answered. */
  readonly guardOrigin: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly takeUpload: TakeUpload | undefined;
  readonly sendFile: SendFile | undefined;
  /** URL of the endpoint. */
  readonly url: () => string;
  /** Of the identity provider, where there is one. */
  readonly issuer: string | undefined;
  readonly atWork: Pick<AtWork, 'add' | 'isClosing'>;
  readonly onerror: (error: Error) => void;
}

type Route = (request: IncomingMessage, response: ServerResponse, rest: string, query: string) => Promise<void> | void;

/** Answers everything; never rejects. */
export function router(parts: RouterParts): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const find = routeFinder(parts);
  return async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const form = path === '/mcp' ? 'rpc' : 'problem';
    parts.atWork.add(request, response);
    try {
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('referrer-policy', 'no-referrer');
      if (parts.atWork.isClosing) throw closing();
      // Balancers ask under any name; it tells nobody anything.
      if (path !== '/healthz') {
        parts.guardHost(request);
        if (parts.guardOrigin(request, response)) return;
      }
      const { methods, route, rest } = find(path) ?? missing();
      if (!methods.includes(request.method ?? '')) return refuseMethod(response, methods, form);
      await route(request, response, rest, query);
    } catch (thrown) {
      const { isUnexpected } = failureOf(thrown);
      if (isUnexpected) parts.onerror(thrown instanceof Error ? thrown : new Error(String(thrown)));
      sendFailure(response, thrown, form, parts.atWork.isClosing ? { headers: { connection: 'close' } } : undefined);
    }
  };
}

interface Found {
  readonly methods: readonly string[];
  readonly route: Route;
  readonly rest: string;
}

function routeFinder(parts: RouterParts): (path: string) => Found | undefined {
  const { takeUpload, sendFile, issuer, url } = parts;
  const reads = ['GET', 'HEAD'];
  return (path) => {
    if (path === '/mcp') return { methods: ['GET', 'POST', 'DELETE'], route: mcpRoute(parts), rest: '' };
    if (path === '/healthz') return { methods: reads, route: healthy, rest: '' };
    if (issuer !== undefined && isResourceMetadataPath(path, url())) {
      const route: Route = (_, response) => sendJson(response, resourceMetadata(url(), issuer), { status: 200 });
      return { methods: reads, route, rest: '' };
    }
    const [, folder, rest = ''] = /^\/(uploads|files)\/([\w.-]+)$/.exec(path) ?? [];
    if (folder === 'uploads' && takeUpload) return { methods: ['PUT'], route: uploadRoute(takeUpload), rest };
    if (folder === 'files' && sendFile) return { methods: reads, route: fileRoute(sendFile), rest };
    return undefined;
  };
}

const healthy: Route = (_, response) => sendJson(response, { status: 'ok' }, { status: 200 });

const uploadRoute =
  (takeUpload: TakeUpload): Route =>
  async (request, response, token) =>
    sendJson(response, await takeUpload(token, request, response), { status: 201 });

const fileRoute =
  (sendFile: SendFile): Route =>
  async (request, response, image, query) => {
    const [token, ...more] = new URLSearchParams(query).getAll('token');
    await sendFile(image, more.length === 0 ? token : undefined, request, response);
  };

/** Credentials come before the body: strangers do not get to send one. */
const mcpRoute =
  ({ authenticator, endpoint, issuer, url }: RouterParts): Route =>
  async (request, response) => {
    const { authorization } = request.headers;
    const metadata = issuer === undefined ? undefined : resourceMetadataUrl(url());
    try {
      const caller = await authenticator.callerOf(authorization);
      if (caller.principal.may.look) return await endpoint.serve(request, response, caller);
    } catch (thrown) {
      if (!AtelierError.isInstance(thrown) || thrown.code !== 'access-denied') throw thrown;
      const shown = authorization === undefined ? {} : { error: 'invalid_token' as const, description: thrown.message };
      const challenge = challengeHeader({ ...shown, resourceMetadataUrl: metadata });
      return sendFailure(response, thrown, 'rpc', { headers: { 'www-authenticate': challenge } });
    }
    const description = 'The token has no right to look at pictures.';
    const error = { error: 'insufficient_scope' as const, description, resourceMetadataUrl: metadata };
    const answer = { status: 403, headers: { 'www-authenticate': challengeHeader(error) } };
    sendFailure(response, new AtelierError({ code: 'access-denied', message: description }), 'rpc', answer);
  };

function refuseMethod(response: ServerResponse, methods: readonly string[], form: 'rpc' | 'problem'): void {
  const error = new AtelierError({ code: 'invalid-input', message: 'This method does not work here.' });
  sendFailure(response, error, form, { status: 405, headers: { allow: methods.join(', ') } });
}

function missing(): never {
  throw new AtelierError({ code: 'not-found', message: 'There is nothing here.', hint: 'The endpoint is /mcp.' });
}

const closing = (): AtelierError =>
  new AtelierError({ code: 'server-unavailable', message: 'The server is stopping.', isRetryable: true });
