import assert from 'node:assert/strict';
import type { LanguageModelV4GenerateResult } from '@ai-sdk/provider';
import {
  assertCount,
  assertJson,
  assertList,
  assertProviderMetadata,
  assertRecord,
  assertResponseMetadata,
  assertText,
  assertWarnings,
} from '../shapes.ts';

/** The text of a result. */
export const generatedText = (result: LanguageModelV4GenerateResult): string =>
  result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');

const contentTypes = new Set([
  'text',
  'reasoning',
  'custom',
  'reasoning-file',
  'file',
  'tool-approval-request',
  'source',
  'tool-call',
  'tool-result',
]);

const unifiedReasons = ['stop', 'length', 'content-filter', 'tool-calls', 'error', 'interrupted', 'other'];

export function assertFinishReason(value: unknown): void {
  assertRecord(value, 'finishReason');
  assert.ok(
    unifiedReasons.some((reason) => reason === value.unified),
    `finishReason.unified is ${String(value.unified)}, not one of ${unifiedReasons.join(', ')}`,
  );
  assert.ok('raw' in value, 'finishReason has no raw');
  if (value.raw !== undefined) assertText(value.raw, 'finishReason.raw');
}

/** Every count must be there, even where it is undefined, and the parts must not be more than their total. */
export function assertUsage(value: unknown): void {
  assertRecord(value, 'usage');
  assertTokens(value.inputTokens, 'usage.inputTokens', ['noCache', 'cacheRead', 'cacheWrite']);
  assertTokens(value.outputTokens, 'usage.outputTokens', ['text', 'reasoning']);
  if (value.raw !== undefined) assertJson(value.raw, 'usage.raw');
}

function assertTokens(value: unknown, what: string, parts: readonly string[]): void {
  assertRecord(value, what);
  for (const field of ['total', ...parts]) {
    assert.ok(field in value, `${what} has no ${field}`);
    assertCount(value[field], `${what}.${field}`);
  }
  if (value.total === undefined) return;
  const sum = parts.reduce((total, field) => total + Number(value[field] ?? 0), 0);
  assert.ok(
    sum <= Number(value.total),
    `the parts of ${what} are ${sum}, more than their total ${String(value.total)}`,
  );
}

export function assertGenerateResult(result: unknown): void {
  assertRecord(result, 'the result');
  assertList(result.content, 'content');
  assert.notEqual(result.content.length, 0, 'content is empty');
  for (const part of result.content) assertContent(part);
  assertFinishReason(result.finishReason);
  assertUsage(result.usage);
  assertWarnings(result.warnings);
  assertProviderMetadata(result.providerMetadata);
  if (result.response !== undefined) assertResponseMetadata(result.response, 'response');
  if (result.request !== undefined) assertRecord(result.request, 'request');
}

function assertContent(part: unknown): void {
  assertRecord(part, 'a part of content');
  assert.ok(contentTypes.has(String(part.type)), `content has a part of the unknown type ${String(part.type)}`);
  if (part.type === 'text') assertText(part.text, 'text of a part of content');
  assertProviderMetadata(part.providerMetadata, 'providerMetadata of a part of content');
}
