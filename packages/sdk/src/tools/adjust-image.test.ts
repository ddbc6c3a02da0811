import { asSchema } from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { adjustOperations } from '../capabilities/adjust/operations/index.ts';
import { adjustImage } from './adjust-image.ts';
import { toolDefinitions } from './tools.ts';

const image = `img_${'0'.repeat(32)}`;

describe('adjust_image, as brains see it', () => {
  it('names the operations there are, and takes no others', async () => {
    const schema = await asSchema(adjustImage.inputSchema).jsonSchema;
    const names = adjustOperations.map(({ name }) => name);
    expect(schema.properties?.operation).toMatchObject({ enum: names });
    for (const { name, example } of adjustOperations) {
      const input = { image, operation: name, parameters: example, phrase: 'the cup' };
      expect(adjustImage.inputSchema.parse(input)).toMatchObject(input);
    }
    expect(adjustImage.inputSchema.safeParse({ image, operation: 'melt' }).success).toBe(false);
  });

  it('says what each parameter is', () => {
    expect(adjustImage.description).toMatch(/fill: .*\n {2}colour: string \/\/ A colour: a name/);
    expect(adjustImage.description).toMatch(/recolour: .*\n {2}colour: string \/\/ as above/);
    expect(adjustImage.description).toMatch(/blur: .*\n {2}radius\?: number \/\/ .*pixels/);
  });
});

describe('the list of tools', () => {
  it('stays well below 6,000 tokens', () => {
    const list = toolDefinitions.map(({ name, description, inputSchema }) => ({
      name,
      description,
      parameters: z.toJSONSchema(inputSchema, { io: 'input' }),
    }));
    // Three characters a token is a cautious rate for JSON and English.
    expect(JSON.stringify(list).length / 3).toBeLessThan(5000);
  });
});
