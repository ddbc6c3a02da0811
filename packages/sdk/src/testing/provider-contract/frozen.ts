import assert from 'node:assert/strict';

/**
 * Call options that nobody may write into: objects and lists are frozen, and what cannot be frozen (bytes) is compared.
 * A model that mutates its options breaks the core's retries, which pass the same object again.
 */
export function guarded<Options extends object>(
  options: Options,
): { readonly options: Options; assertUntouched(): void } {
  const before = snapshot(options);
  return {
    options: freeze(options),
    assertUntouched: () => assert.deepEqual(snapshot(options), before, 'the call options were changed by the call'),
  };
}

const isPlain = (value: object): boolean => Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}

/** A deep copy of data; signals, URLs and the like are kept as they are. */
function snapshot(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.slice();
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  if (Array.isArray(value)) return value.map(snapshot);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, snapshot(member)]));
}
