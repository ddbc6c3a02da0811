import type { ModelMessage } from 'ai';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeImage } from '../image/encode.ts';
import type { Image } from '../image/image.ts';
import { places, scriptedBrain, squareBackend, squares, type Turn } from './__fixtures__/scripted.ts';
import { atelier } from './atelier.ts';

let image: Image;
beforeAll(async () => {
  image = await squares();
});

const plan = (tool: string) => [{ tool: 'plan', input: { steps: [{ tool, message: tool }] } }];
const remove = () => [
  { tool: 'remove_object', input: { image: image.id, box: { ...places.left, width: 16, height: 16 } } },
];
const png = async () => (await encodeImage(image, { format: 'png' })).bytes;

async function ask(script: readonly Turn[], approve: 'edits' | 'never', message = 'remove the left square') {
  const prompts: string[] = [];
  const brain = scriptedBrain((call, { prompt }) => {
    prompts.push(JSON.stringify(prompt));
    return script[call] ?? 'Done.';
  });
  const studio = atelier({ backends: [squareBackend()], brain, approve });
  const file = { type: 'file' as const, mediaType: 'image/png', data: await png() };
  const messages = await studio.prepareMessages([{ role: 'user', content: [{ type: 'text', text: message }, file] }]);
  return { studio, messages, prompts };
}

describe('the AI SDK agent of a studio', () => {
  it('leaves the yes to whoever shows the dialogue, and goes on with it', async () => {
    const { studio, messages } = await ask([plan('remove_object'), remove(), 'Removed.'], 'edits');
    const first = await studio.agent.generate({ messages });
    const request = first.content.find((part) => part.type === 'tool-approval-request');
    expect(request).toMatchObject({ toolCall: { toolName: 'remove_object' } });
    expect(first.toolResults.map(({ toolName }) => toolName)).not.toContain('remove_object');
    const { approvalId } = request ?? { approvalId: '' };
    const answer: ModelMessage = {
      role: 'tool',
      content: [{ type: 'tool-approval-response', approvalId, approved: true }],
    };
    const second = await studio.agent.generate({ messages: [...messages, ...first.responseMessages, answer] });
    expect(second.text).toBe('Removed.');
    expect(JSON.stringify(second.responseMessages)).toContain('edit_');
  });

  it('makes its plan without the picture, sees it afterwards, and asks about what was not planned', async () => {
    const { studio, messages, prompts } = await ask([plan('detect_objects'), remove()], 'never', 'what is this?');
    const { content } = await studio.agent.generate({ messages });
    expect(prompts.map((prompt) => prompt.includes('"file"'))).toEqual([false, true]);
    expect(content.find((part) => part.type === 'tool-approval-request')).toBeDefined();
  });
});
