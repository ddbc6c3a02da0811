import { experimental_decide as decide } from 'ai';
import { afterAll, describe, expect, it } from 'vitest';
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
