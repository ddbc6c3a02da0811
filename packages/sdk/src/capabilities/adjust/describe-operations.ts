import { z } from 'zod';
import type { AdjustOperation } from './operation.ts';
import { adjustOperations } from './operations/index.ts';

/** The names that `adjust` takes. */
export const operationNames: readonly string[] = adjustOperations.map(({ name }) => name);

/** What of a parameter's JSON Schema a brain needs. */
const propertySchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  description: z.string().optional(),
});
const parametersSchema = z.object({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
});

/**
 * Every operation in words for a brain: what it does, its parameters as its schema describes them, and an example.
 * Made from the operations themselves, so that a new one is known to brains by being there.
 */
export function describeOperations(operations: readonly AdjustOperation[] = adjustOperations): string {
  const said = new Set<string>();
  return operations.map((operation) => describeOperation(operation, said)).join('\n');
}

/** @param said what parameters were described by before: brains pay for every word, and remember. */
function describeOperation({ name, description, parameters, example }: AdjustOperation, said: Set<string>): string {
  // What a caller writes, so that a parameter with a default is an optional one.
  const { properties, required } = parametersSchema.parse(z.toJSONSchema(parameters, { io: 'input' }));
  const described = Object.entries(properties).map(([parameter, property]) => {
    const type = property.enum?.map((value) => JSON.stringify(value)).join(' | ') ?? property.type ?? 'any';
    const comment = property.description
      ? ` // ${said.has(property.description) ? 'as above' : property.description}`
      : '';
    if (property.description) said.add(property.description);
    return `  ${parameter}${required.includes(parameter) ? '' : '?'}: ${type}${comment}`;
  });
  const shape =
    described.length > 0 ? `\n${described.join('\n')}\n  e.g. ${JSON.stringify(example)}` : ' No parameters.';
  return `- ${name}: ${description}${shape}`;
}
