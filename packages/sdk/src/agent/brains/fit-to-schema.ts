import type { z } from 'zod';

/**
 * The value with its small faults of type mended, where it then fits: null for what was left out, numbers and objects written as
 * text, one thing where a list is wanted. Undefined where it does not fit. Words are never changed.
 */
export function fitToSchema(schema: z.ZodType, given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
  const value: unknown = structuredClone(given);
  for (let round = 0; round < 4; round++) {
    const parsed = schema.safeParse(value);
    // As it was written, not as it was parsed: the schema's own defaults are filled in once, by the tool.
    if (parsed.success) return value;
    const mended = parsed.error.issues.filter((issue) => mend(value, issue));
    if (mended.length === 0) return undefined;
  }
  return undefined;
}

/** Mends the place of one issue. False where that is beyond it. */
function mend(root: unknown, issue: z.core.$ZodIssue): boolean {
  const key = issue.path.at(-1);
  const parent = issue.path
    .slice(0, -1)
    .reduce<unknown>((at, step) => (isObject(at) ? Reflect.get(at, step) : at), root);
  if (issue.code !== 'invalid_type' || key === undefined || !isObject(parent) || !(key in parent)) return false;
  const found: unknown = Reflect.get(parent, key);
  if (found === null) return Reflect.deleteProperty(parent, key);
  const better = convert(found, issue.expected);
  return better !== undefined && Reflect.set(parent, key, better);
}

function convert(found: unknown, expected: string): unknown {
  if (expected === 'array') return typeof found === 'string' ? (jsonOf(found, Array.isArray) ?? [found]) : [found];
  if (typeof found !== 'string') return undefined;
  if (expected === 'object' || expected === 'record') return jsonOf(found, isObject);
  if (expected === 'number' || expected === 'int') return jsonOf(found, (value) => typeof value === 'number');
  if (expected === 'boolean') return jsonOf(found, (value) => typeof value === 'boolean');
  return undefined;
}

function jsonOf(text: string, fits: (value: unknown) => boolean): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return fits(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
