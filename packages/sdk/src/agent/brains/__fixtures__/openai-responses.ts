import { asJson, bytesOf, halves, isRecord, listIn, type Reply, textIn, type Wire, type WireRequest } from './wire.ts';

type Event = Readonly<Record<string, unknown>>;

const key = 'sk-proj-TESTabcdefghijklmnopqrstuvwxyz0123456789';

/** OpenAI's Responses API: its server-sent events, in the order that its streaming reference gives. */
export const openaiResponses: Wire = {
  name: 'OpenAI Responses',
  brain: 'openai:gpt-5.2',
  env: { OPENAI_API_KEY: key },
  key,
  url: 'https://api.openai.com/v1/responses',
  stream: (reply, call) => events(reply, call).map((event, sequence_number) => sse({ ...event, sequence_number })),
  read,
  error: (status, message) => ({
    error: { message, type: status === 429 ? 'requests' : 'invalid_request_error', param: null, code: null },
  }),
};

const sse = (event: Event): string => `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`;

function events(reply: Reply, call: number): Event[] {
  const id = `resp_${call}`;
  const response = {
    id,
    object: 'response',
    created_at: 1_770_000_000,
    status: 'in_progress',
    model: 'gpt-5.2',
    output: [],
  };
  const items = [
    ...(reply.thought === undefined ? [] : [thoughtItem(reply.thought, call)]),
    ...(reply.text === undefined ? [] : [messageItem('output_text', reply.text, call)]),
    ...(reply.refusal === undefined ? [] : [messageItem('refusal', reply.refusal, call)]),
    ...(reply.calls ?? []).map(({ tool, input }, index) => callItem(tool, asJson(input), `${call}_${index}`)),
  ];
  const usage = {
    input_tokens: 900,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 40,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 940,
  };
  return [
    { type: 'response.created', response },
    { type: 'response.in_progress', response },
    ...items.flatMap((item, output_index) => item(output_index)),
    { type: 'response.completed', response: { ...response, status: 'completed', incomplete_details: null, usage } },
  ];
}

const thoughtItem =
  (text: string, call: number) =>
  (output_index: number): Event[] => {
    const item_id = `rs_${call}`;
    const item = { id: item_id, type: 'reasoning', encrypted_content: `sealed_${call}`, summary: [] };
    const part = { item_id, output_index, summary_index: 0 };
    return [
      { type: 'response.output_item.added', output_index, item },
      { type: 'response.reasoning_summary_part.added', ...part, part: { type: 'summary_text', text: '' } },
      { type: 'response.reasoning_summary_text.delta', ...part, delta: text },
      { type: 'response.reasoning_summary_text.done', ...part, text },
      { type: 'response.reasoning_summary_part.done', ...part, part: { type: 'summary_text', text } },
      { type: 'response.output_item.done', output_index, item: { ...item, summary: [{ type: 'summary_text', text }] } },
    ];
  };

const messageItem =
  (kind: 'output_text' | 'refusal', text: string, call: number) =>
  (output_index: number): Event[] => {
    const item_id = `msg_${call}`;
    const place = { item_id, output_index, content_index: 0 };
    const field = kind === 'refusal' ? 'refusal' : 'text';
    const part = (value: string) => ({
      type: kind,
      [field]: value,
      ...(kind === 'refusal' ? {} : { annotations: [] }),
    });
    const item = { id: item_id, type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    return [
      { type: 'response.output_item.added', output_index, item },
      { type: 'response.content_part.added', ...place, part: part('') },
      ...halves(text).map((delta) => ({
        type: `response.${kind}.delta`,
        ...place,
        delta,
        ...(kind === 'refusal' ? {} : { logprobs: [] }),
      })),
      { type: `response.${kind}.done`, ...place, [field]: text },
      { type: 'response.content_part.done', ...place, part: part(text) },
      {
        type: 'response.output_item.done',
        output_index,
        item: { ...item, status: 'completed', content: [part(text)] },
      },
    ];
  };

const callItem =
  (name: string, input: string, number: string) =>
  (output_index: number): Event[] => {
    const item_id = `fc_${number}`;
    const item = {
      id: item_id,
      type: 'function_call',
      status: 'in_progress',
      arguments: '',
      call_id: `call_${number}`,
      name,
    };
    return [
      { type: 'response.output_item.added', output_index, item },
      ...halves(input).map((delta) => ({
        type: 'response.function_call_arguments.delta',
        item_id,
        output_index,
        delta,
      })),
      { type: 'response.function_call_arguments.done', item_id, output_index, arguments: input },
      { type: 'response.output_item.done', output_index, item: { ...item, status: 'completed', arguments: input } },
    ];
  };

function read(body: unknown): WireRequest {
  const input = listIn(body, 'input');
  const users = input.filter(({ role }) => role === 'user').flatMap((message) => listIn(message, 'content'));
  const choice = isRecord(body) ? body.tool_choice : undefined;
  return {
    forcedTool: isRecord(choice) ? textIn(choice, 'name') : undefined,
    instructions: input
      .filter(({ role }) => role === 'system' || role === 'developer')
      .map((item) => textIn(item, 'content'))
      .join('\n'),
    said: users.filter(({ type }) => type === 'input_text').map((part) => textIn(part, 'text')),
    pictures: picturesIn(users),
    results: input
      .filter(({ type }) => type === 'function_call_output')
      .map((item) => ({
        call: textIn(item, 'call_id'),
        text:
          textIn(item, 'output') ||
          listIn(item, 'output')
            .map((part) => textIn(part, 'text'))
            .join(''),
        pictures: picturesIn(listIn(item, 'output')),
      })),
  };
}

const picturesIn = (parts: readonly Record<string, unknown>[]): Uint8Array[] =>
  parts.filter(({ type }) => type === 'input_image').map((part) => bytesOf(textIn(part, 'image_url')));
