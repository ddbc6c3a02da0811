import { asJson, bytesOf, halves, isRecord, listIn, type Reply, textIn, type Wire, type WireRequest } from './wire.ts';

const key = 'local-TESTkey-0123456789abcdef';

/** Chat completions, as vLLM, llama.cpp, Ollama and many others serve them: chunks, then [DONE]. */
export const chatCompletions: Wire = {
  name: 'chat completions',
  brain: 'compatible:qwen3-vl:8b',
  env: { ATELIER_BRAIN_URL: 'http://brain.test:8080/v1/', ATELIER_BRAIN_KEY: key },
  key,
  url: 'http://brain.test:8080/v1/chat/completions',
  stream: (reply, call) => [
    ...deltas(reply, call).map((delta) => chunk(call, delta, null)),
    chunk(call, {}, reply.refusal !== undefined ? 'content_filter' : reply.calls ? 'tool_calls' : 'stop'),
    'data: [DONE]\n\n',
  ],
  read,
  error: (status, message) => ({ error: { message, type: 'error', code: status } }),
};

const chunk = (call: number, delta: unknown, finish_reason: string | null): string =>
  `data: ${JSON.stringify({
    id: `chatcmpl-${call}`,
    object: 'chat.completion.chunk',
    created: 1_770_000_000,
    model: 'qwen3-vl:8b',
    choices: [{ index: 0, delta, finish_reason }],
  })}\n\n`;

const deltas = ({ thought, text, refusal, calls = [] }: Reply, call: number): unknown[] => [
  { role: 'assistant', content: '' },
  ...(thought === undefined ? [] : [{ reasoning_content: thought }]),
  ...(text === undefined ? [] : halves(text).map((content) => ({ content }))),
  ...(refusal === undefined ? [] : halves(refusal).map((content) => ({ refusal: content }))),
  ...calls.flatMap(({ tool, input }, index) => {
    const [first, rest] = halves(asJson(input));
    const begin = { index, id: `call_${call}_${index}`, type: 'function', function: { name: tool, arguments: first } };
    return [{ tool_calls: [begin] }, { tool_calls: [{ index, function: { arguments: rest } }] }];
  }),
];

function read(body: unknown): WireRequest {
  const messages = listIn(body, 'messages');
  const users = messages.filter(({ role }) => role === 'user');
  const choice = isRecord(body) ? body.tool_choice : undefined;
  const parts = users.flatMap((message) => listIn(message, 'content'));
  return {
    forcedTool: isRecord(choice) ? textIn(choice.function, 'name') : undefined,
    instructions: messages
      .filter(({ role }) => role === 'system')
      .map((message) => textIn(message, 'content'))
      .join('\n'),
    said: [...users.map((message) => textIn(message, 'content')), ...parts.map((part) => textIn(part, 'text'))].filter(
      (text) => text !== '',
    ),
    pictures: parts.flatMap(pictureIn),
    results: messages.flatMap((message, index) =>
      message.role === 'tool'
        ? {
            call: textIn(message, 'tool_call_id'),
            text: textIn(message, 'content'),
            pictures: shownAfter(messages, index),
          }
        : [],
    ),
  };
}

/** The pictures labelled with a tool message's call, in the first message after it that is no tool's. */
function shownAfter(messages: readonly Record<string, unknown>[], index: number): Uint8Array[] {
  const next = messages.slice(index).find(({ role }) => role !== 'tool');
  const parts = next?.role === 'user' ? listIn(next, 'content') : [];
  const label = `call ${textIn(messages[index], 'tool_call_id')}]`;
  return parts.flatMap((part, at) => (textIn(parts[at - 1], 'text').endsWith(label) ? pictureIn(part) : []));
}

const pictureIn = ({ image_url }: Record<string, unknown>): Uint8Array[] =>
  isRecord(image_url) ? [bytesOf(textIn(image_url, 'url'))] : [];
