import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { z } from 'zod';

/**
 * A zod schema as hosts are shown it: what a model needs to call the tool and nothing else, since every word of it is read, and
 * paid for, with every request. Patterns and limits that no model needs are checked all the same. Of what lies inside an output's
 * fields only the names are shown: results show the rest.
 */
export const shownSchema = (schema: z.ZodObject): ShownSchema =>
  shown(schema, (value) => schema['~standard'].validate(value));

/** The same for inputs, which are checked where they are used: there a failure is one of ours, with a code and a hint. */
export const shownInput = (schema: z.ZodObject): ShownSchema =>
  // What hosts send as arguments is an object: the protocol's own schema demands it.
  shown(schema, (value) => ({ value: value as Record<string, unknown> }));

type ShownSchema = StandardSchemaWithJSON<Record<string, unknown>>;

function shown(schema: z.ZodObject, validate: ShownSchema['~standard']['validate']): ShownSchema {
  const schemas = {
    input: compact(z.toJSONSchema(schema, { io: 'input' })),
    output: withoutInsides(compact(z.toJSONSchema(schema))),
  };
  return {
    '~standard': {
      version: 1,
      vendor: 'atelier',
      validate,
      jsonSchema: { input: () => schemas.input, output: () => schemas.output },
    },
  };
}

const left = new Set([
  '$schema',
  'pattern',
  'additionalProperties',
  'minLength',
  'maxLength',
  'exclusiveMinimum',
  'propertyNames',
]);

function compact(schema: object): Record<string, unknown> {
  // JSON schemas are plain data: objects, lists, texts and numbers.
  return shrink(schema) as Record<string, unknown>;
}

function shrink(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => shrink(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // Names of properties are not keywords, whatever they are.
      .filter(([key, inner]) => isNames || !(left.has(key) || isSafeInteger(key, inner)))
      .map(([key, inner]) => [key, shrink(inner, !isNames && key === 'properties')]),
  );
}

/** The fields of the root as they are; of objects in them, and in their lists, the names of what they always have. */
function withoutInsides({ properties, ...root }: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(properties ?? {}).map(([name, field]) => [name, namesOnly(field)]);
  return { ...root, properties: Object.fromEntries(fields) };
}

function namesOnly(field: unknown): unknown {
  if (typeof field !== 'object' || field === null) return field;
  const { properties, items, ...rest }: Record<string, unknown> = { ...field };
  return { ...rest, ...(items === undefined ? {} : { items: namesOnly(items) }) };
}

/** What zod says of every integer. */
const isSafeInteger = (key: string, value: unknown): boolean =>
  (key === 'maximum' && value === Number.MAX_SAFE_INTEGER) || (key === 'minimum' && value === Number.MIN_SAFE_INTEGER);
