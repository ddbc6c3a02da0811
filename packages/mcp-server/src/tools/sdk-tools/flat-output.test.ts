import { toolDefinitions, toolSchemas } from '@atelier/sdk';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shownSchema } from '../json-schema.ts';
import { flatOutput } from './flat-output.ts';

const edit = {
  image: `img_${'0'.repeat(32)}`,
  edit: 'edit_1',
  mask: `mask_${'0'.repeat(32)}`,
  changedOutsideMask: 0,
  verified: { ok: true, reason: 'seen', by: 'detect' },
};
const choice = {
  needs: 'choice',
  reason: 'ambiguous',
  phrase: 'cup',
  candidates: [{ number: 1, label: 'cup', score: 0.5, box: { x: 0, y: 0, width: 1, height: 1 } }],
  overlay: `img_${'1'.repeat(32)}`,
};

describe('flatOutput', () => {
  it('leaves objects as they are', () => {
    expect(flatOutput(toolSchemas.ask_image.output)).toBe(toolSchemas.ask_image.output);
  });

  it.each([
    ['an edit', edit],
    ['a question', choice],
  ])('takes %s whole', (_name, output) => {
    expect(flatOutput(toolSchemas.remove_object.output).parse(output)).toEqual(output);
  });

  it('refuses a field of the wrong type', () => {
    expect(() => flatOutput(toolSchemas.remove_object.output).parse({ ...edit, image: 7 })).toThrow();
  });

  it('refuses what is neither an object nor several', () => {
    expect(() => flatOutput(z.string())).toThrow(/object/);
  });
});

describe('what hosts are shown', () => {
  it.each(toolDefinitions.map((tool) => [tool.name, tool] as const))('has an object at its root: %s', (_name, tool) => {
    const output: z.ZodType = tool.outputSchema;
    const { jsonSchema } = shownSchema(flatOutput(output))['~standard'];
    expect(jsonSchema.output({ target: 'draft-2020-12' })).toMatchObject({
      type: 'object',
      properties: expect.any(Object),
    });
  });

  it('names what lies inside the fields of an output, and no more', () => {
    const inner = z.object({ number: z.number(), box: z.object({ x: z.number() }), note: z.string().optional() });
    const { jsonSchema } = shownSchema(z.object({ things: z.array(inner), done: z.boolean() }))['~standard'];
    expect(jsonSchema.output({ target: 'draft-2020-12' })).toEqual({
      type: 'object',
      properties: {
        things: { type: 'array', items: { type: 'object', required: ['number', 'box'] } },
        done: { type: 'boolean' },
      },
      required: ['things', 'done'],
    });
  });

  it('leaves out patterns and limits of integers, never a property of such a name', () => {
    const schema = z.object({ pattern: z.string().regex(/^a/), maximum: z.number().int(), near: z.number().max(3) });
    expect(shownSchema(schema)['~standard'].jsonSchema.input({ target: 'draft-2020-12' })).toEqual({
      type: 'object',
      properties: { pattern: { type: 'string' }, maximum: { type: 'integer' }, near: { type: 'number', maximum: 3 } },
      required: ['pattern', 'maximum', 'near'],
    });
    // Checked all the same.
    expect(schema.safeParse({ pattern: 'b', maximum: 1, near: 1 }).success).toBe(false);
  });
});
