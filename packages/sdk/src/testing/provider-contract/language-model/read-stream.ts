import assert from 'node:assert/strict';
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';

/** Streams one call and reads all its parts. Rejects with what the stream fails with, or with the error of an error part. */
export async function streamParts(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4StreamPart[]> {
  const { stream } = await model.doStream(options);
  assert.ok(stream instanceof ReadableStream, 'stream is not a ReadableStream');
  const parts: LanguageModelV4StreamPart[] = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(next.value);
  const failed = parts.find((part) => part.type === 'error');
  if (failed) throw failed.error;
  return parts;
}

/** All text of a stream. */
export const streamedText = (parts: readonly LanguageModelV4StreamPart[]): string =>
  parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');

export const partOfType = <Type extends LanguageModelV4StreamPart['type']>(
  parts: readonly LanguageModelV4StreamPart[],
  type: Type,
): Extract<LanguageModelV4StreamPart, { type: Type }> => {
  const found = parts.find((part): part is Extract<LanguageModelV4StreamPart, { type: Type }> => part.type === type);
  assert.ok(found, `the stream has no part of type ${type}`);
  return found;
};
