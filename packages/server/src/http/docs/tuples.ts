import { isDeepStrictEqual } from 'node:util';

/**
 * Tuples of equal members as lists of a fixed length: many who read such documents, schemathesis among them, stumble over
 * `prefixItems`, and it says no more here.
 */
export function withTuples<Document>(document: Document): Document {
  // Only what lies under `prefixItems` is told otherwise, and the document's type says nothing of it.
  return convert(document) as Document;
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  const { prefixItems, ...rest }: Record<string, unknown> = { ...value };
  const others = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, convert(inner)]));
  if (!Array.isArray(prefixItems)) return prefixItems === undefined ? others : { ...others, prefixItems };
  const [first, ...more] = prefixItems;
  if (!more.every((member) => isDeepStrictEqual(member, first)))
    return { ...others, prefixItems: prefixItems.map(convert) };
  return { ...others, items: convert(first), minItems: prefixItems.length, maxItems: prefixItems.length };
}
