import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRecord } from '../../triton/wire/parameters.ts';
import type { InferRequest } from '../../triton/wire/tensor.ts';
import { configDocument, indexDocument, isReady, metadataDocument, serverDocument } from './documents.ts';
import type { FakeModel } from './fake-model.ts';
import { answerGenerateStream } from './generate-stream.ts';
import { answerInfer } from './infer.ts';
import { parseOrRefuse } from './read-infer-request.ts';
import { Refusal } from './refusal.ts';

type Models = Readonly<Record<string, FakeModel>>;

/** Names are not percent-decoded, versions are digits, and `/` at the end is another path: as in Triton. */
const modelPath = /^\/v2\/models\/([^/]+)(?:\/versions\/([0-9]+))?(?:\/(ready|config|infer|generate_stream))?$/;

/** Answers one request. Throws `Refusal`. */
export async function route(
  request: IncomingMessage,
  response: ServerResponse,
  models: Models,
  onRequest: (request: InferRequest) => void,
): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?');
  const model = modelPath.exec(path);
  if (model !== null) return routeModel(request, response, models, onRequest, model);
  switch (path) {
    case '/v2':
      expectMethod(request, 'GET', 'application/json');
      return sendJson(response, serverDocument);
    case '/v2/health/live':
      expectMethod(request, 'GET');
      return sendEmpty(response, 200);
    case '/v2/health/ready':
      expectMethod(request, 'GET');
      return sendEmpty(response, Object.values(models).every(isReady) ? 200 : 400);
    case '/v2/repository/index': {
      expectMethod(request, 'POST', 'application/json');
      const body = await bodyOf(request);
      const json = body.byteLength === 0 ? {} : parseOrRefuse(body);
      return sendJson(response, indexDocument(models, isRecord(json) && json.ready === true));
    }
    default:
      throw new Refusal(404, 'Not Found', 'text/plain');
  }
}

async function routeModel(
  request: IncomingMessage,
  response: ServerResponse,
  models: Models,
  onRequest: (request: InferRequest) => void,
  [, name = '', version, action]: RegExpExecArray,
): Promise<void> {
  if (action === 'infer' || action === 'generate_stream') {
    const contentType = action === 'infer' ? 'text/plain' : 'application/json';
    expectMethod(request, 'POST', contentType);
    const body = await bodyOf(request);
    const model = findModel(models, name, version, contentType);
    const header = request.headers['inference-header-content-length'];
    const headerLength = Array.isArray(header) ? header[0] : header;
    const call = { name, version, model, body, headerLength, onRequest };
    return action === 'infer' ? answerInfer(call, response) : answerGenerateStream(call, response);
  }
  if (action === 'ready') {
    expectMethod(request, 'GET');
    const model = Object.hasOwn(models, name) ? models[name] : undefined;
    if (model !== undefined && isReady(model) && isVersion(version)) return sendEmpty(response, 200);
    throw new Refusal(400, 'Model version not ready', 'text/plain');
  }
  expectMethod(request, 'GET', 'application/json');
  const model = findModel(models, name, version, 'application/json');
  sendJson(response, action === 'config' ? configDocument(name, model) : metadataDocument(name, model));
}

type ContentType = Refusal['contentType'];

function findModel(models: Models, name: string, version: string | undefined, contentType: ContentType): FakeModel {
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  const unknown = `Request for unknown model: '${name}'`;
  if (model === undefined) throw new Refusal(404, `${unknown} is not found`, contentType);
  if (!isVersion(version)) throw new Refusal(404, `${unknown} version ${Number(version)} is not found`, contentType);
  if (!isReady(model)) throw new Refusal(404, `${unknown} has no available versions`, contentType);
  return model;
}

const isVersion = (version: string | undefined): boolean => version === undefined || Number(version) === 1;

function expectMethod(request: IncomingMessage, method: 'GET' | 'POST', contentType: ContentType = 'text/plain'): void {
  if (request.method !== method) throw new Refusal(405, 'Method Not Allowed', contentType);
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sendJson(response: ServerResponse, document: object): void {
  const body = Buffer.from(JSON.stringify(document));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.byteLength }).end(body);
}

function sendEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain', 'content-length': 0 }).end();
}
