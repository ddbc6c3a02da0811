import { z } from 'zod';

/**
 * The output of a tool as one object: the revision of 2025 takes no other root. Of a union every field that not all of its
 * members have is optional. Members without the descriptions that inputs have already.
 */
export function flatOutput(schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  if (!(schema instanceof z.ZodUnion)) throw new TypeError('A tool answers with an object, or one of several.');
  // A union's members are schemas of this kind of zod.
  const members = (schema.options as readonly z.ZodType[]).map(flatOutput);
  const shape: Record<string, z.ZodType> = {};
  for (const name of new Set(members.flatMap((member) => Object.keys(member.shape)))) {
    const fields = members.flatMap((member) => (name in member.shape ? [member.shape[name] as z.ZodType] : []));
    const [first, ...others] = fields;
    if (first === undefined) continue;
    const field = others.some((other) => other !== first) ? z.union([first, ...others]) : first;
    shape[name] = fields.length === members.length ? field : field.optional();
  }
  return z.object(shape);
}
