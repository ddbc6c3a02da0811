import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { toolSchemas } from '@atelier/sdk';
import { isStepCount, ToolLoopAgent, tool } from 'ai';
import { describe, expect, it } from 'vitest';
import {
  box,
  conversation,
  cutOut,
  edited,
  firstImage,
  found,
  mask,
  options,
  secondImage,
  secondMask,
} from './__fixtures__/conversation.ts';
import { createPlanner } from './planner.ts';

/** An agent whose tools answer what they would for a picture with one cup, and the calls it has made. */
function agentWithCup() {
  const calls: (readonly [name: string, input: unknown])[] = [];
  const answer =
    <Output>(name: string, output: Output) =>
    (input: unknown): Output => {
      calls.push([name, input]);
      return output;
    };
  const edit = {
    image: secondImage,
    edit: 'edit_1',
    mask: secondMask,
    changedOutsideMask: 0,
    verified: { ok: true, reason: 'seen', by: 'test' },
  };
  const { plan, detect_objects, segment_object, remove_object, adjust_image, ask_image } = toolSchemas;
  const agent = new ToolLoopAgent({
    model: createPlanner(),
    instructions: `Images in this session: ${secondImage} 600x400, ${firstImage} 600x400 (current)`,
    tools: {
      plan: tool({ inputSchema: plan.input, execute: answer('plan', { steps: [] }) }),
      detect_objects: tool({
        inputSchema: detect_objects.input,
        execute: answer('detect_objects', { detections: [{ label: 'cup', score: 0.45, box, phrase: 'the cup' }] }),
        toModelOutput: ({ output }) => ({ type: 'content', value: [{ type: 'text', text: JSON.stringify(output) }] }),
      }),
      segment_object: tool({
        inputSchema: segment_object.input,
        execute: answer('segment_object', {
          mask,
          box,
          area: 900,
          score: 0.97,
          things: [{ label: 'cup', score: 0.45, box, phrase: 'the cup' }],
        }),
      }),
      remove_object: tool({ inputSchema: remove_object.input, execute: answer('remove_object', edit) }),
      adjust_image: tool({ inputSchema: adjust_image.input, execute: answer('adjust_image', edit) }),
      ask_image: tool({
        inputSchema: ask_image.input,
        execute: (): { readonly answer: string } => {
          throw new Error(JSON.stringify({ code: 'backend-failed', message: 'No answer.', hint: 'Ask again.' }));
        },
      }),
    },
    stopWhen: isStepCount(12),
    prepareStep: ({ stepNumber }) => (stepNumber === 0 ? { toolChoice: { type: 'tool', toolName: 'plan' } } : {}),
  });
  return { agent, calls };
}

describe('createPlanner in a real agent loop', () => {
  it('plans, finds, cuts out, removes and reports', async () => {
    const { agent, calls } = agentWithCup();
    const result = await agent.generate({ prompt: 'Please remove the cup.' });
    expect(result.text).toBe('I removed the cup (cup, 45 %) and looked again: it is gone.');
    expect(result.finishReason).toBe('stop');
    expect(calls).toEqual([
      [
        'plan',
        {
          steps: [
            { tool: 'detect_objects', target: 'the cup', message: 'Find the cup' },
            { tool: 'segment_object', target: 'the cup', message: 'Cut out the cup' },
            { tool: 'remove_object', target: 'the cup', message: 'Remove the cup' },
          ],
        },
      ],
      ['detect_objects', { image: firstImage, phrases: ['the cup'] }],
      ['segment_object', { image: firstImage, phrase: 'the cup' }],
      ['remove_object', { image: firstImage, mask }],
    ]);
  });

  it('streams a Korean sequence, each edit on the newest picture', async () => {
    const { agent, calls } = agentWithCup();
    const result = await agent.stream({ prompt: '컵을 지우고 사진을 밝게 해줘' });
    let text = '';
    for await (const delta of result.textStream) text += delta;
    expect(text).toMatch(
      /^컵을 지웠습니다 \(컵, 45 %\)\. 다시 확인해 보니 사라졌습니다\. 사진 전체를 밝게 했습니다\. 다시 확인해 보니 밝아졌습니다\./,
    );
    expect(calls.map(([name]) => name)).toEqual([
      'plan',
      'detect_objects',
      'segment_object',
      'remove_object',
      'adjust_image',
    ]);
    expect(calls.at(-1)?.[1]).toMatchObject({ image: secondImage, region: 'everything' });
  });

  it('says what failed', async () => {
    const { agent } = agentWithCup();
    const result = await agent.generate({ prompt: 'remove the cup and tell me what is left' });
    expect(result.text).toBe(
      'I removed the cup (cup, 45 %) and looked again: it is gone. Looking for the answer in the picture failed: No answer. Ask again.',
    );
    expect(result.rawFinishReason).toBe('tool-failed');
  });

  it('calls nothing but plan for what it does not understand', async () => {
    const { agent, calls } = agentWithCup();
    const result = await agent.generate({ prompt: 'make me a sandwich' });
    expect(calls).toEqual([['plan', { steps: [] }]]);
    expect(result).toMatchObject({ finishReason: 'other', rawFinishReason: 'request-not-understood' });
    expect(result.text).toContain('I did not understand “make me a sandwich”');
  });
});

describe('createPlanner as a language model', () => {
  const done = conversation('remove the cup', [found, cutOut, edited('remove_object', { ok: true, reason: 'gone' })]);
  const parts = async (prompt = done): Promise<LanguageModelV4StreamPart[]> => {
    const { stream } = await createPlanner().doStream(options(prompt));
    const all: LanguageModelV4StreamPart[] = [];
    for await (const part of stream) all.push(part);
    return all;
  };

  it('streams text word by word, in order', async () => {
    const all = await parts();
    const types = all.map((part) => part.type);
    const deltas = all.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []));
    expect(types.slice(0, 3)).toEqual(['stream-start', 'response-metadata', 'text-start']);
    expect(types.slice(-2)).toEqual(['text-end', 'finish']);
    expect(deltas.slice(0, 3)).toEqual(['I ', 'removed ', 'the ']);
    const { content } = await createPlanner().doGenerate(options(done));
    expect(content).toEqual([{ type: 'text', text: deltas.join('') }]);
  });

  it('streams a tool call with its whole input', async () => {
    const all = await parts(conversation('remove the cup', []));
    const types = all.map((part) => part.type);
    expect(types).toEqual([
      'stream-start',
      'response-metadata',
      'tool-input-start',
      'tool-input-delta',
      'tool-input-end',
      'tool-call',
      'finish',
    ]);
    const [delta, call, finish] = [all[3], all[5], all[6]];
    if (delta.type !== 'tool-input-delta' || call.type !== 'tool-call' || finish.type !== 'finish')
      throw new Error('wrong parts');
    expect(delta.delta).toBe(call.input);
    expect(JSON.parse(call.input)).toEqual({ image: firstImage, phrases: ['the cup'] });
    expect(finish.finishReason).toEqual({ unified: 'tool-calls', raw: 'tool-calls' });
    expect(finish.usage).toMatchObject({ inputTokens: { total: 0, cacheRead: undefined }, outputTokens: { total: 0 } });
  });

  it('answers the same to the same conversation', async () => {
    expect(await parts()).toEqual(await parts());
  });

  it('stops when it is told to', async () => {
    const aborted = { ...options(done), abortSignal: AbortSignal.abort(new Error('enough')) };
    await expect(createPlanner().doGenerate(aborted)).rejects.toThrow('enough');
    await expect(createPlanner().doStream(aborted)).rejects.toThrow('enough');
    const controller = new AbortController();
    const { stream } = await createPlanner().doStream({ ...options(done), abortSignal: controller.signal });
    const reader = stream.getReader();
    await reader.read();
    controller.abort(new Error('enough'));
    const rest = async (): Promise<void> => {
      while (!(await reader.read()).done);
    };
    await expect(rest()).rejects.toThrow('enough');
  });
});
