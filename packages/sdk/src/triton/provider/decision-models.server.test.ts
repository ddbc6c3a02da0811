import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InvalidArgumentError } from '@ai-sdk/provider';
import { experimental_decide as decide } from 'ai';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { providerOfTests } from './__fixtures__/providers.ts';
import { colours, drawPatches, toPng } from './__fixtures__/shapes.ts';

const triton = providerOfTests();
afterAll(() => triton.close());

const picture = await toPng(
  drawPatches(200, 100, [
    { x: 20, y: 10, width: 40, height: 40, colour: colours.red },
    { x: 120, y: 40, width: 50, height: 50, colour: colours.blue },
  ]),
);
const state = [{ type: 'file' as const, mediaType: 'image/png', data: picture }];

describe('box questions on triton.decisionModel(owlv2)', () => {
  it('answers with edges as shares of the picture', async () => {
    const { answers, providerMetadata } = await decide({
      model: triton.decisionModel('owlv2'),
      state,
      questions: {
        first: { type: 'box', instructions: 'a red square' },
        second: { type: 'box', instructions: 'a blue square' },
      },
    });
    expect(answers.first.box).toEqual({ left: 0.1, top: 0.1, right: 0.3, bottom: 0.5 });
    expect(answers.second.box.left).toBeCloseTo(0.6, 6);
    expect(answers.second.box.bottom).toBeCloseTo(0.9, 6);
    expect(providerMetadata?.triton?.scores).toMatchObject({ first: expect.any(Number), second: expect.any(Number) });
  });

  it('refuses where nothing matches', async () => {
    const call = decide({
      model: triton.decisionModel('owlv2'),
      state,
      questions: { dog: { type: 'box', instructions: 'a dog' } },
    });
    await expect(call).rejects.toThrow('dog');
  });

  it('needs exactly one picture, and words for what to find', async () => {
    const model = triton.decisionModel('owlv2');
    const questions = { it: { type: 'box', instructions: 'a red square' } } as const;
    await expect(decide({ model, state: [...state, ...state], questions })).rejects.toThrow('2');
    await expect(decide({ model, state: 'no picture', questions })).rejects.toThrow('0');
    await expect(decide({ model, state, questions: { it: { type: 'box' } } })).rejects.toThrow('instructions');
  });
});

describe('questions in words on triton.decisionModel(vqa)', () => {
  const model = triton.decisionModel('vqa');

  it('says yes and no', async () => {
    const { answers, usage, warnings } = await decide({
      model,
      state,
      questions: {
        red: { type: 'boolean', instructions: 'Is there a red square?' },
        green: { type: 'boolean', instructions: 'Is there a green square?' },
      },
    });
    expect(answers).toEqual({ red: { type: 'boolean', probability: 1 }, green: { type: 'boolean', probability: 0 } });
    expect(usage.outputTokens).toBeGreaterThan(0);
    expect(warnings).toMatchObject([{ type: 'compatibility', feature: 'probability' }]);
  });

  it('chooses the option that the answer names', async () => {
    const criteria = { '1 red square': null, '2 red squares': null };
    const { answers } = await decide({
      model,
      state,
      questions: { count: { type: 'choice', instructions: 'How many red squares?', criteria } },
    });
    expect(answers.count.choice).toBe('1 red square');
  });

  it('refuses where the answer names none', async () => {
    const criteria = { apples: null, pears: null };
    const call = decide({
      model,
      state,
      questions: { fruit: { type: 'choice', instructions: 'How many red squares?', criteria } },
    });
    await expect(call).rejects.toThrow('fruit');
  });
});

describe('what is no state', () => {
  const box = { it: { type: 'box', instructions: 'a red square' } } as const;
  const boolean = { it: { type: 'boolean', instructions: 'Is there a red square?' } } as const;
  const message = { role: 'user', content: [{ type: 'image', image: picture }] };

  it.each([
    ['owlv2', box],
    ['vqa', boolean],
  ] as const)('is refused by %s with an example of one', async (id, questions) => {
    const refusal = async (given: object) => {
      // What a program without types may pass.
      const call = decide({ model: triton.decisionModel(id), questions, ...given } as unknown as Parameters<
        typeof decide
      >[0]);
      await expect(call).rejects.toSatisfy(InvalidArgumentError.isInstance);
      const { message } = await call.then(
        () => new Error('it was taken'),
        (error: Error) => error,
      );
      expect(message).toContain("state: [{ type: 'file', mediaType: 'image/png', data: photo }");
      return message;
    };
    expect(await refusal({ messages: [message] })).toMatch(/takes a state, and no messages/);
    expect(await refusal({ state: [message] })).toMatch(/state\[0\] is a message/);
    expect(await refusal({ state: [...state, { type: 'image', image: picture }] })).toMatch(/state\[1\] is no part/);
  });
});

it('the example of the documentation runs as it is written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-decide-'));
  const manual = await readFile(new URL('../../../../../docs/triton-provider.md', import.meta.url), 'utf8');
  const [, example = ''] = /## Decisions[\s\S]*?```ts\n([\s\S]*?)```/.exec(manual) ?? [];
  const { url, grpcUrl } = inject('triton');
  const server = "createTriton({ url: 'http://gpu-box:8000' })";
  expect(example).toContain(server);
  try {
    await writeFile(join(folder, 'photo.png'), picture);
    const source = example
      .replace(server, `createTriton(${JSON.stringify({ url, grpcUrl })})`)
      // Resolved from here: the file lies elsewhere.
      .replace(/from '(@atelier\/sdk\/triton|ai)'/g, (_from, name) => `from '${import.meta.resolve(name)}'`);
    await writeFile(join(folder, 'example.mts'), source);
    const argv = ['--conditions=atelier-source', 'example.mts'];
    const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: folder, timeout: 45_000 });
    expect(stdout.trim().split('\n')).toEqual([
      '{ left: 0.1, top: 0.1, right: 0.3, bottom: 0.5 }',
      '1',
      '1 red square',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
