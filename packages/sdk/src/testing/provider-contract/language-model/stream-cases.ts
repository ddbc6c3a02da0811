import assert from 'node:assert/strict';
import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { assertAborted } from '../call-contract.ts';
import { type ContractCase, resolveModel } from '../contract-case.ts';
import { within } from '../deadline.ts';
import { rejectionOf } from '../rejection.ts';
import { generatedText } from './generate-shape.ts';
import type { LanguageModelContract } from './language-model-contract.ts';
import { partOfType, streamedText, streamParts } from './read-stream.ts';
import { assertStreamOrder } from './stream-order.ts';

type Base = () => LanguageModelV4CallOptions;

/** What is true of streams alone. */
export function streamCases(contract: LanguageModelContract, base: Base): ContractCase[] {
  return [
    order(contract, base),
    rawChunks(contract, base),
    together(contract, base),
    cancelled(contract, base),
    ...(contract.deterministic ? [sameText(contract, base)] : []),
    ...(contract.slow ? [abortedAfterFirstDelta(contract, base, contract.slow)] : []),
  ];
}

const order = ({ model }: LanguageModelContract, base: Base): ContractCase => ({
  name: 'doStream: parts come in order and in pairs',
  run: async () => {
    const parts = await streamParts(await resolveModel(model), base());
    assertStreamOrder(parts);
    assert.notEqual(streamedText(parts), '', 'the stream has no text');
  },
});

const rawChunks = ({ model }: LanguageModelContract, base: Base): ContractCase => ({
  name: 'doStream: raw chunks come when they are asked for, and only then',
  run: async () => {
    const tested = await resolveModel(model);
    const without = await streamParts(tested, base());
    assert.ok(!without.some(({ type }) => type === 'raw'), 'raw chunks come unasked');
    const parts = await streamParts(tested, { ...base(), includeRawChunks: true });
    const raw = parts.filter((part) => part.type === 'raw');
    assert.notEqual(raw.length, 0, 'includeRawChunks brings no raw chunks');
    for (const part of raw) assert.notEqual(part.rawValue, undefined, 'a raw chunk has no rawValue');
    assertStreamOrder(parts);
  },
});

const together = ({ model }: LanguageModelContract, base: Base): ContractCase => ({
  name: 'doStream: two streams at once do not mix',
  run: async () => {
    const tested = await resolveModel(model);
    const streams = await Promise.all([streamParts(tested, base()), streamParts(tested, base())]);
    for (const parts of streams) assertStreamOrder(parts);
  },
});

const cancelled = ({ model, timeoutMs = 30_000 }: LanguageModelContract, base: Base): ContractCase => ({
  name: 'doStream: a reader may leave early',
  run: async () => {
    const { stream } = await (await resolveModel(model)).doStream(base());
    const reader = stream.getReader();
    await reader.read();
    await within(timeoutMs, 'cancelling the stream', reader.cancel());
    assert.ok((await reader.read()).done, 'a cancelled stream goes on');
  },
});

const sameText = ({ model }: LanguageModelContract, base: Base): ContractCase => ({
  name: 'doStream: streams the text, reason and usage that doGenerate answers',
  run: async () => {
    const tested = await resolveModel(model);
    const result = await tested.doGenerate(base());
    const parts = await streamParts(tested, base());
    assert.equal(streamedText(parts), generatedText(result), 'streamed and generated text differ');
    const { finishReason, usage } = partOfType(parts, 'finish');
    assert.deepEqual(finishReason, result.finishReason, 'the finish reasons differ');
    assert.deepEqual(usage.outputTokens, result.usage.outputTokens, 'the output tokens differ');
  },
});

function abortedAfterFirstDelta(
  { model, abortWithinMs = 2_000, timeoutMs = 30_000 }: LanguageModelContract,
  base: Base,
  slow: Partial<LanguageModelV4CallOptions>,
): ContractCase {
  return {
    name: 'doStream: an abort after the first delta ends the stream',
    run: async () => {
      const controller = new AbortController();
      const options = { ...base(), ...slow, abortSignal: controller.signal };
      const { stream } = await (await resolveModel(model)).doStream(options);
      const reader = stream.getReader();
      await within(timeoutMs, 'the first delta', readUntil(reader, 'text-delta'));
      controller.abort();
      assertAborted(await rejectionOf('reading on', abortWithinMs, () => readOn(reader)), controller.signal);
    },
  };
}

type Reader = ReadableStreamDefaultReader<LanguageModelV4StreamPart>;

async function readUntil(reader: Reader, type: LanguageModelV4StreamPart['type']): Promise<void> {
  for (;;) {
    const { done, value } = await reader.read();
    assert.ok(!done, `the stream ended before a part of type ${type}`);
    if (value.type === type) return;
  }
}

/** Rejects as a stream may: by failing, or by an error part after which it ends without a `finish`. */
async function readOn(reader: Reader): Promise<void> {
  let error: { readonly error: unknown } | undefined;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    assert.notEqual(next.value.type, 'finish', 'an aborted stream finishes as if it were complete');
    if (next.value.type === 'error') error = next.value;
  }
  if (error) throw error.error;
}
