import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { places, squareBackend, squares } from '../__fixtures__/scripted.ts';
import { atelier } from '../atelier.ts';
import { chatCompletions } from './__fixtures__/chat-completions.ts';
import { gemini } from './__fixtures__/gemini.ts';
import { openaiResponses } from './__fixtures__/openai-responses.ts';
import { type Answer, scriptedProvider } from './__fixtures__/scripted-provider.ts';
import { isRecord, listIn, type Wire } from './__fixtures__/wire.ts';
import { openBrain } from './open-brain.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const image = await squares();
const png = /^data:image\/png;base64,iVBOR/;

/** The last request of a run that plans, looks twice at once, and answers; with the headers it came with. */
async function lastRequest(wire: Wire, env: Wire['env'] = wire.env) {
  const provider = scriptedProvider(wire, (_request, call) => {
    if (call === 0) return { thought: 'Plan.', calls: [{ tool: 'plan', input: { steps: [] } }] };
    const look = { tool: 'detect_objects', input: { image: image.id, phrases: [] } };
    const cut = { tool: 'segment_object', input: { image: image.id, box: { ...places.left, width: 16, height: 16 } } };
    return call === 1 ? { thought: 'Look.', calls: [look, cut] } : { text: 'Three squares.' };
  });
  server.use(provider.handler);
  const brain = await openBrain(wire.brain, { env });
  const studio = atelier({ backends: [squareBackend()], brain });
  await studio.session({ image }).run('what is there?').result;
  const { body, headers } = provider.calls[2] ?? {};
  return { body, headers };
}

/** Who speaks in chat completions: the plan and its answer, then two calls at once and theirs. */
const spoken = ['system', 'user', 'assistant', 'tool', 'assistant', 'tool', 'tool'];

describe('what goes over the wire', () => {
  it('OpenAI: pictures in function_call_output, nothing kept there, sealed thoughts sent back', async () => {
    const { body, headers } = await lastRequest(openaiResponses);
    expect(headers?.get('authorization')).toBe(`Bearer ${openaiResponses.key}`);
    expect(body).toMatchObject({ model: 'gpt-5.2', stream: true, store: false });
    const items = listIn(body, 'input').filter(({ type }) => type !== undefined);
    expect(items).toMatchObject([
      { type: 'reasoning', encrypted_content: 'sealed_0' },
      { type: 'function_call', call_id: 'call_0_0', name: 'plan' },
      { type: 'function_call_output', call_id: 'call_0_0', output: [{ type: 'input_text' }] },
      { type: 'reasoning', encrypted_content: 'sealed_1' },
      { type: 'function_call', call_id: 'call_1_0', name: 'detect_objects' },
      { type: 'function_call', call_id: 'call_1_1', name: 'segment_object' },
      ...['call_1_0', 'call_1_1'].map((call_id) => ({
        type: 'function_call_output',
        call_id,
        output: [{ type: 'input_text' }, { type: 'input_image', image_url: expect.stringMatching(png) }],
      })),
    ]);
    // Ids of items that OpenAI was told not to keep would be ids of nothing.
    expect(JSON.stringify(items)).not.toContain('item_reference');
  });

  it('Gemini 3: pictures in functionResponse.parts, thought signatures sent back', async () => {
    const { body, headers } = await lastRequest(gemini);
    expect(headers?.get('x-goog-api-key')).toBe(gemini.key);
    const contents = listIn(body, 'contents').map(({ role, parts }) => ({ role, parts }));
    const response = (id: string) => ({
      functionResponse: {
        id,
        response: { content: expect.any(String) },
        parts: [{ inlineData: { mimeType: 'image/png' } }],
      },
    });
    expect(contents.slice(1)).toMatchObject([
      { role: 'model', parts: [{ thought: true }, { functionCall: { name: 'plan' }, thoughtSignature: 'sealed_0' }] },
      { role: 'user', parts: [{ functionResponse: { id: 'call_0_0' } }] },
      {
        role: 'model',
        parts: [
          { thought: true },
          { functionCall: { name: 'detect_objects' }, thoughtSignature: 'sealed_1' },
          { functionCall: { name: 'segment_object' } },
        ],
      },
      { role: 'user', parts: [response('call_1_0'), response('call_1_1')] },
    ]);
  });

  it('chat completions: words in the tool messages, pictures in one message after them', async () => {
    const { body, headers } = await lastRequest(chatCompletions);
    expect(headers?.get('authorization')).toBe(`Bearer ${chatCompletions.key}`);
    const messages = listIn(body, 'messages');
    expect(messages.map(({ role }) => role)).toEqual([...spoken, 'user']);
    expect(messages[4]?.tool_calls).toMatchObject([{ id: 'call_1_0' }, { id: 'call_1_1' }]);
    expect(messages.slice(5, 7)).toMatchObject([{ tool_call_id: 'call_1_0' }, { tool_call_id: 'call_1_1' }]);
    // Plain JSON, not JSON of the AI SDK's own parts around it.
    for (const { content } of messages.slice(5, 7)) expect(isRecord(JSON.parse(String(content)))).toBe(true);
    expect(messages[7]?.content).toMatchObject([
      { type: 'text', text: expect.stringMatching(/^\[img_\w{32}: shown by detect_objects, call call_1_0\]$/) },
      { type: 'image_url', image_url: { url: expect.stringMatching(png) } },
      { type: 'text', text: `[${image.id}: shown by segment_object, call call_1_1]` },
      { type: 'image_url', image_url: { url: expect.stringMatching(png) } },
    ]);
  });

  it('chat completions of a model that reads words only: the same words, and no picture', async () => {
    const { body } = await lastRequest(chatCompletions, { ...chatCompletions.env, ATELIER_BRAIN_PICTURES: 'no' });
    const messages = listIn(body, 'messages');
    expect(messages.map(({ role }) => role)).toEqual(spoken);
    expect(JSON.stringify(messages)).not.toContain('image_url');
    expect(messages[1]?.content).toBe('what is there?');
  });
});

describe('a provider that fails in its stream', () => {
  async function result(wire: Wire, answers: readonly Answer[]) {
    const provider = scriptedProvider(wire, (_request, call) => answers[call] ?? { text: 'Nothing to do.' });
    server.use(provider.handler);
    const brain = await openBrain(wire.brain, { env: wire.env });
    const { result } = atelier({ backends: [squareBackend()], brain })
      .session({ image })
      .run('look');
    return { calls: provider.calls, result };
  }
  const plan: Answer = { calls: [{ tool: 'plan', input: { steps: [] } }] };
  const quota = { type: 'error', code: 'insufficient_quota', message: `No quota left for ${openaiResponses.key}.` };
  const denied = { error: { code: 400, message: `No billing for ${gemini.key}.`, status: 'FAILED_PRECONDITION' } };

  it.each([
    [openaiResponses, { ...quota, param: null, sequence_number: 0 }],
    [gemini, denied],
    [chatCompletions, { error: { message: `No quota left for ${chatCompletions.key}.`, type: 'quota', code: 400 } }],
  ])('is not asked again where that cannot help, and told in its words without the key (%o)', async (wire, event) => {
    const { calls, result: failed } = await result(wire, [plan, { events: [`data: ${JSON.stringify(event)}\n\n`] }]);
    const error = await failed.catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'brain-failed',
      isRetryable: false,
      message: expect.stringMatching(/No (quota|billing)/),
    });
    expect(`${error} ${JSON.stringify(error)}`).not.toContain(wire.key);
    expect(calls).toHaveLength(2);
  });

  it('is asked again where it could not finish writing a call', async () => {
    const { calls, result: ended } = await result(gemini, [plan, { malformed: true }]);
    await expect(ended).resolves.toMatchObject({ answer: 'Nothing to do.' });
    expect(calls).toHaveLength(3);
  });
});
