import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a model does at one of its calls: calls a tool, or says something and stops. */
export type ChatTurn = { readonly tool: string; readonly input: unknown } | string;

/** One request, as it came over the wire. */
export interface ChatRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A server that speaks OpenAI's chat completions as a stream, on loopback; its model does what `think` says. */
export async function serveChat(think: (call: number, body: string) => ChatTurn) {
  const requests: ChatRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of chunksOf(think(requests.length - 1, body), requests.length)) {
      response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    }
    response.end('data: [DONE]\n\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** In pieces, as such servers send them: the arguments of a call come in halves. */
function* chunksOf(turn: ChatTurn, number: number) {
  const chunk = (delta: unknown, finish: string | null = null) => ({
    id: `chat-${number}`,
    object: 'chat.completion.chunk',
    created: 0,
    model: 'tiny',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  yield chunk({ role: 'assistant', content: '' });
  if (typeof turn === 'string') {
    for (const word of turn.split(/(?<= )/)) yield chunk({ content: word });
    yield chunk({}, 'stop');
    return;
  }
  const written = JSON.stringify(turn.input);
  const half = Math.floor(written.length / 2);
  const id = `call_${number}`;
  const call = { index: 0, id, type: 'function', function: { name: turn.tool, arguments: written.slice(0, half) } };
  yield chunk({ tool_calls: [call] });
  yield chunk({ tool_calls: [{ index: 0, function: { arguments: written.slice(half) } }] });
  yield chunk({}, 'tool_calls');
}
