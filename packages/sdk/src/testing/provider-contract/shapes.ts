import assert from 'node:assert/strict';

/** Shapes that all results of specification version 4 share. */

export function assertText(value: unknown, what: string): asserts value is string {
  assert.equal(typeof value, 'string', `${what} is not text`);
  assert.notEqual(value, '', `${what} is empty`);
}

export function assertRecord(value: unknown, what: string): asserts value is Record<string, unknown> {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), `${what} is not an object`);
}

export function assertList(value: unknown, what: string): asserts value is unknown[] {
  assert.ok(Array.isArray(value), `${what} is not a list`);
}

/** Undefined, or a whole number from 0. */
export function assertCount(value: unknown, what: string): void {
  if (value === undefined) return;
  assert.ok(Number.isSafeInteger(value) && Number(value) >= 0, `${what} is ${String(value)}, not a count or undefined`);
}

const textOfWarning: Readonly<Record<string, readonly string[]>> = {
  unsupported: ['feature'],
  compatibility: ['feature'],
  deprecated: ['setting', 'message'],
  other: ['message'],
};

export function assertWarnings(value: unknown, what = 'warnings'): asserts value is unknown[] {
  assertList(value, what);
  for (const warning of value) {
    assertRecord(warning, `one of ${what}`);
    const fields = textOfWarning[String(warning.type)];
    assert.ok(fields, `one of ${what} has the unknown type ${String(warning.type)}`);
    for (const field of fields) assertText(warning[field], `${field} of a warning of type ${String(warning.type)}`);
    if (warning.details !== undefined) assertText(warning.details, 'details of a warning');
  }
}

/** The names of what the warnings say is not supported, or not fully. */
export const warnedFeatures = (warnings: readonly unknown[]): string[] =>
  warnings.flatMap((warning) =>
    typeof warning === 'object' && warning !== null && 'feature' in warning ? [String(warning.feature)] : [],
  );

/** Response headers: undefined, or text by name. */
export function assertHeaders(value: unknown, what: string): void {
  if (value === undefined) return;
  assertRecord(value, what);
  for (const [name, text] of Object.entries(value)) assert.equal(typeof text, 'string', `${what}: ${name} is not text`);
}

/** Provider metadata: JSON by provider name. It is stored and sent to browsers, so it must survive JSON. */
export function assertProviderMetadata(value: unknown, what = 'providerMetadata'): void {
  if (value === undefined) return;
  assertRecord(value, what);
  for (const [provider, metadata] of Object.entries(value)) {
    assertRecord(metadata, `${what}.${provider}`);
    assertJson(metadata, `${what}.${provider}`);
  }
}

export function assertJson(value: unknown, what: string): void {
  // Members that are undefined are left out by JSON, which is what providers mean by them.
  assert.deepEqual(JSON.parse(JSON.stringify(value)), withoutUndefined(value), `${what} does not survive JSON`);
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, withoutUndefined(member)]])),
  );
}

/** Id, timestamp and model of a response, each optional. */
export function assertResponseMetadata(value: unknown, what: string): void {
  assertRecord(value, what);
  if (value.id !== undefined) assertText(value.id, `${what}.id`);
  if (value.modelId !== undefined) assertText(value.modelId, `${what}.modelId`);
  if (value.timestamp !== undefined) assertDate(value.timestamp, `${what}.timestamp`);
  assertHeaders(value.headers, `${what}.headers`);
}

export function assertDate(value: unknown, what: string): void {
  assert.ok(value instanceof Date && !Number.isNaN(value.getTime()), `${what} is not a date`);
}

/** The three fields that every model has. */
export function assertIdentity(model: { specificationVersion: unknown; provider: unknown; modelId: unknown }): void {
  assert.equal(model.specificationVersion, 'v4', 'specificationVersion is not v4');
  assertText(model.provider, 'provider');
  assertText(model.modelId, 'modelId');
}

export const assertFunction = (value: unknown, what: string): void =>
  assert.equal(typeof value, 'function', `${what} is not a function`);
