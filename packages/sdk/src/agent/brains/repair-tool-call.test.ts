import { InvalidToolInputError, NoSuchToolError } from 'ai';
import { describe, expect, it } from 'vitest';
import { renderForAiSdk } from '../../tools/render-ai-sdk.ts';
import { repairingToolCalls } from './repair-tool-call.ts';

const image = `img_${'a'.repeat(32)}`;
const tools = renderForAiSdk(async () => ({}));

/** The mended call, and the tools whose calls were given up. */
async function repair(toolName: string, input: string) {
  const givenUp: string[] = [];
  const toolCall = { type: 'tool-call' as const, toolCallId: 'call_1', toolName, input };
  const error =
    toolName in tools
      ? new InvalidToolInputError({ toolName, toolInput: input, cause: new Error('bad') })
      : new NoSuchToolError({ toolName });
  const inputSchema = async () => ({});
  const mended = await repairingToolCalls((name) => givenUp.push(name))({
    toolCall,
    tools,
    error,
    inputSchema,
    messages: [],
    instructions: undefined,
    system: undefined,
  });
  expect(givenUp).toEqual(mended ? [] : [toolName]);
  return mended && { name: mended.toolName, id: mended.toolCallId, input: JSON.parse(mended.input) };
}

const detect = { name: 'detect_objects', id: 'call_1', input: { image, phrases: ['cup'] } };

describe('repairToolCall', () => {
  it.each([
    ['a trailing comma and single quotes', `{'image': '${image}', 'phrases': ['cup',],}`],
    ['unquoted keys', `{image: "${image}", phrases: ["cup"]}`],
    ['a missing last brace', `{"image": "${image}", "phrases": ["cup"]`],
    ['a code fence', `\`\`\`json\n{"image": "${image}", "phrases": ["cup"]}\n\`\`\``],
    ['words around it', `Here you are: {"image": "${image}", "phrases": ["cup"]};`],
    ['JSON in a string', JSON.stringify(JSON.stringify({ image, phrases: ['cup'] }))],
    ['the call around its input', JSON.stringify({ name: 'detect_objects', arguments: { image, phrases: ['cup'] } })],
    [
      'the call around its input, as a string',
      JSON.stringify({ arguments: JSON.stringify({ image, phrases: ['cup'] }) }),
    ],
    ['its own name around it', JSON.stringify({ detect_objects: { image, phrases: ['cup'] } })],
    ['a list of one', JSON.stringify([{ image, phrases: ['cup'] }])],
    ['one phrase for a list', JSON.stringify({ image, phrases: 'cup' })],
    ['a list as text', JSON.stringify({ image, phrases: '["cup"]' })],
  ])('mends %s', async (_fault, input) => {
    expect(await repair('detect_objects', input)).toEqual(detect);
  });

  it.each(['functions.detect_objects', 'default_api:detect-objects', 'detectObjects', 'Detect_Objects'])(
    'knows the tool meant by %s',
    async (name) => {
      expect(await repair(name, JSON.stringify(detect.input))).toEqual(detect);
    },
  );

  it('leaves out what was given as null, and reads numbers and boxes written as text', async () => {
    const input = { image, phrase: null, mask: null, box: '{"x":1,"y":2,"width":3,"height":4}', choice: '2' };
    const box = { x: 1, y: 2, width: 3, height: 4 };
    expect(await repair('remove_object', JSON.stringify(input))).toMatchObject({ input: { image, box, choice: 2 } });
  });

  it("keeps an operation's own parameters apart from a wrapping of that name", async () => {
    const input = { image, operation: 'blur', parameters: { radius: 4 } };
    expect(await repair('adjust_image', `${JSON.stringify(input)},`)).toMatchObject({ input });
    expect(await repair('adjust_image', JSON.stringify({ parameters: input }))).toMatchObject({ input });
  });

  it('takes bare steps for a plan', async () => {
    const steps = [{ tool: 'remove_object', message: 'Remove it' }];
    expect(await repair('plan', JSON.stringify(steps))).toMatchObject({ input: { steps } });
  });

  it.each([
    ['words', 'detect_objects', 'remove the cup please'],
    ['a phrase that breaks off', 'remove_object', `{"image": "${image}", "phrase": "the red cup on the le`],
    ['a number that may break off', 'remove_object', `{"image": "${image}", "choice": 1`],
    ['an image id of nothing', 'detect_objects', '{"image": "img_1", "phrases": []}'],
    ['a field that is missing', 'detect_objects', '{"phrases": ["cup"]}'],
    ['an operation that there is not', 'adjust_image', `{"image": "${image}", "operation": "melt"}`],
    ['a tool that there is not', 'delete_everything', '{}'],
    ['an object where words belong', 'remove_object', `{"image": "${image}", "phrase": {"a": 1}}`],
  ])('gives up on %s', async (_fault, tool, input) => {
    expect(await repair(tool, input)).toBeNull();
  });
});
