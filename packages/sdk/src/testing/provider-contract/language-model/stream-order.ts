import assert from 'node:assert/strict';
import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { assertProviderMetadata, assertResponseMetadata, assertText, assertWarnings } from '../shapes.ts';
import { assertFinishReason, assertUsage } from './generate-shape.ts';

/** The blocks that open, grow and close under one id. */
const blocks = ['text', 'reasoning', 'tool-input'] as const;

/**
 * Checks the grammar of a stream: `stream-start` first and once, every block opened, grown and closed under one id that no
 * other block has, response metadata at most once and before the first block, `finish` last and once.
 */
export function assertStreamOrder(parts: readonly LanguageModelV4StreamPart[]): void {
  assertEnds(parts);
  const types = parts.map(({ type }) => type);
  const metadata = types.filter((type) => type === 'response-metadata').length;
  assert.ok(metadata <= 1, `the stream has ${metadata} parts of type response-metadata`);
  const firstBlock = types.findIndex((type) => type.endsWith('-start') && type !== 'stream-start');
  const metadataAt = types.indexOf('response-metadata');
  assert.ok(metadataAt < 0 || firstBlock < 0 || metadataAt < firstBlock, 'response-metadata comes after content');
  assertBlocks(parts);
  for (const part of parts) assertPart(part);
}

function assertEnds(parts: readonly LanguageModelV4StreamPart[]): void {
  const types = parts.map(({ type }) => type);
  assert.equal(types[0], 'stream-start', `the stream begins with ${types[0]}, not with stream-start`);
  assert.equal(types.filter((type) => type === 'stream-start').length, 1, 'the stream has several stream-start');
  assert.equal(types.filter((type) => type === 'finish').length, 1, 'the stream does not have exactly one finish');
  assert.equal(types.at(-1), 'finish', `the stream ends with ${types.at(-1)}, not with finish`);
}

function assertBlocks(parts: readonly LanguageModelV4StreamPart[]): void {
  const open = new Map<string, string>();
  const used = new Set<string>();
  for (const part of parts) {
    const block = blocks.find((name) => part.type.startsWith(`${name}-`));
    if (!block || !('id' in part) || part.id === undefined) continue;
    const { id, type } = part;
    if (type === `${block}-start`) {
      assert.ok(!used.has(id), `${type}: the id ${id} was used before`);
      used.add(id);
      open.set(id, block);
    } else {
      assert.equal(open.get(id), block, `${type}: no ${block} block with the id ${id} is open`);
      if (type === `${block}-end`) open.delete(id);
    }
  }
  assert.deepEqual([...open.keys()], [], 'these blocks were never closed');
}

function assertPart(part: LanguageModelV4StreamPart): void {
  if ('id' in part && part.type !== 'response-metadata') assertText(part.id, `id of ${part.type}`);
  if ('delta' in part) assert.equal(typeof part.delta, 'string', `delta of ${part.type} is not text`);
  if ('providerMetadata' in part) assertProviderMetadata(part.providerMetadata, `providerMetadata of ${part.type}`);
  if (part.type === 'stream-start') assertWarnings(part.warnings, 'warnings of stream-start');
  if (part.type === 'response-metadata') assertResponseMetadata(part, 'response-metadata');
  if (part.type === 'finish') {
    assertFinishReason(part.finishReason);
    assertUsage(part.usage);
  }
}
