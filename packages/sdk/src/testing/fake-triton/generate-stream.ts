import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { AtelierError } from '../../errors/atelier-error.ts';
import { encodeJsonData } from '../../triton/wire/encode-json-data.ts';
import type { InferRequest } from '../../triton/wire/tensor.ts';
import { checkInputs } from './check-inputs.ts';
import type { FakeOutputs } from './fake-model.ts';
import type { ModelCall } from './infer.ts';
import { readGenerateRequest } from './read-generate-request.ts';
import { Refusal } from './refusal.ts';
import { runModel } from './run-model.ts';

/** `POST /v2/models/<name>/generate_stream`: one event for each response; the first decides the status. */
export async function answerGenerateStream(call: ModelCall, response: ServerResponse): Promise<void> {
  const { name, version, model, body } = call;
  const request = { ...readGenerateRequest(body, name, model), version };
  checkInputs(request, model);
  call.onRequest(request);
  try {
    for await (const outputs of runModel(request, model)) {
      if (response.destroyed) return;
      await send(response, 200, eventOf(outputs, request));
    }
    if (!response.headersSent) startStream(response, 200);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await send(response, 400, JSON.stringify({ error: error.message }));
  }
  response.end();
}

async function send(response: ServerResponse, status: number, json: string): Promise<void> {
  // Only the first event can: a later error comes under the status of success.
  if (!response.headersSent) startStream(response, status);
  if (!response.write(`data: ${json}\n\n`) && !response.destroyed) {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
}

const startStream = (response: ServerResponse, status: number): void => {
  response.writeHead(status, { 'content-type': 'text/event-stream; charset=utf-8' });
};

/** Members sorted by name, an output of one element without its list. */
function eventOf(outputs: FakeOutputs, { id, model }: InferRequest): string {
  const members = Object.entries(outputs).map(([name, tensor]): [string, string] => {
    const list = jsonOrRefuse(tensor);
    return [name, tensor.data.length === 1 ? list.slice(1, -1) : list];
  });
  members.push(['model_name', JSON.stringify(model)], ['model_version', '"1"']);
  if (id !== undefined) members.push(['id', JSON.stringify(id)]);
  members.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

function jsonOrRefuse(tensor: FakeOutputs[string]): string {
  try {
    return encodeJsonData(tensor);
  } catch (error) {
    if (error instanceof AtelierError) throw new Refusal(400, error.message);
    throw error;
  }
}
