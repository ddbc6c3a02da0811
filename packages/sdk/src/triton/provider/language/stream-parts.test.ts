import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { expect, it } from 'vitest';
import type { Outputs } from '../../backend/outputs.ts';
import { streamParts } from './stream-parts.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const tensor = (value: string | Uint8Array) => ({
  datatype: 'BYTES' as const,
  shape: [1],
  data: [typeof value === 'string' ? new TextEncoder().encode(value) : value],
});
const ending = { FINISH_REASON: tensor('stop'), USAGE: tensor('{"prompt_tokens":3,"completion_tokens":2}') };

async function partsOf(
  responses: readonly (Outputs | Error)[],
  signal?: AbortSignal,
): Promise<LanguageModelV4StreamPart[]> {
  const source = async function* () {
    for (const response of responses) {
      if (response instanceof Error) throw response;
      yield response;
    }
  };
  const metadata = { id: 'r1', timestamp: new Date(0), modelId: 'vqa' };
  const toError = (error: unknown) => new Error('told', { cause: error });
  const parts: LanguageModelV4StreamPart[] = [];
  for await (const part of streamParts(source(), {
    warnings: [],
    metadata,
    includeRawChunks: false,
    signal,
    toError,
  })) {
    parts.push(part);
  }
  return parts;
}

const typesOf = (parts: readonly LanguageModelV4StreamPart[]) => parts.map(({ type }) => type).slice(2);
const finishOf = (parts: readonly LanguageModelV4StreamPart[]) =>
  parts.find((part) => part.type === 'finish')?.finishReason;

it('ends the text and says so when the model fails in the middle', async () => {
  const parts = await partsOf([{ TEXT: tensor('There') }, new Error('out of memory')]);
  expect(typesOf(parts)).toEqual(['text-start', 'text-delta', 'error', 'text-end', 'finish']);
  expect(parts.find((part) => part.type === 'error')?.error).toMatchObject({ message: 'told' });
  expect(finishOf(parts)).toEqual({ unified: 'error', raw: undefined });
});

it('calls an end without a reason interrupted, and an unknown reason other', async () => {
  expect(finishOf(await partsOf([{ TEXT: tensor('There') }]))).toEqual({ unified: 'interrupted', raw: undefined });
  const tired = await partsOf([{ FINISH_REASON: tensor('tired') }]);
  expect(finishOf(tired)).toEqual({ unified: 'other', raw: 'tired' });
});

it('opens no text for an answer without words', async () => {
  expect(typesOf(await partsOf([ending]))).toEqual(['finish']);
});

it('puts characters together that were cut between two deltas', async () => {
  // The three bytes of one Hangul syllable.
  const parts = await partsOf([{ TEXT: tensor(bytes(0xea, 0xb3)) }, { TEXT: tensor(bytes(0xa0)) }, ending]);
  expect(parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []))).toEqual(['고']);
});

it('throws the reason of an abort, and finishes nothing', async () => {
  const reason = new Error('enough');
  await expect(partsOf([{ TEXT: tensor('There') }, new Error('cancelled')], AbortSignal.abort(reason))).rejects.toBe(
    reason,
  );
  await expect(partsOf([{ TEXT: tensor('There') }], AbortSignal.abort(reason))).rejects.toBe(reason);
});

it('takes token counts that are no counts for a fault', async () => {
  const parts = await partsOf([{ ...ending, USAGE: tensor('{"prompt_tokens":-1}') }]);
  expect(finishOf(parts)?.unified).toBe('error');
  expect(finishOf(await partsOf([{ ...ending, USAGE: tensor('none') }]))?.unified).toBe('error');
});
