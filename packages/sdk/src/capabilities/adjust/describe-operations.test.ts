import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeOperations, operationNames } from './describe-operations.ts';
import type { AdjustOperation } from './operation.ts';
import { adjustOperations } from './operations/index.ts';

describe('describeOperations', () => {
  it('tells every operation with every parameter and an example', () => {
    const text = describeOperations();
    for (const { name, description, example } of adjustOperations) {
      expect(text).toContain(`- ${name}: ${description}`);
      expect(operationNames).toContain(name);
      for (const parameter of Object.keys(example)) expect(text).toMatch(new RegExp(`^  ${parameter}\\??: `, 'm'));
    }
    expect(text).toContain('e.g. {"colour":"blue"}');
  });

  it('reads types, choices and what may be left out from the schema', () => {
    const parameters = z.object({
      angle: z.number().describe('Degrees'),
      way: z.enum(['left', 'right']).default('left'),
      note: z.string().optional(),
    });
    const turn: AdjustOperation = {
      kind: 'pixels',
      name: 'turn',
      description: 'Turn it.',
      parameters,
      example: { angle: 90 },
      phrasings: [],
      apply: ({ data }) => data,
      measure: () => ({ done: true, evidence: '' }),
    };
    expect(describeOperations([turn])).toBe(
      '- turn: Turn it.\n  angle: number // Degrees\n  way?: "left" | "right"\n  note?: string\n  e.g. {"angle":90}',
    );
  });
});
