import type { LanguageModelV4StreamPart, SharedV4Warning } from '@ai-sdk/provider';
import { OutputReader, type Outputs } from '../../backend/outputs.ts';
import { type Ending, endingOf, failed, interrupted, rawChunk } from './answer.ts';

interface StreamOptions {
  readonly warnings: SharedV4Warning[];
  readonly metadata: { readonly id: string; readonly timestamp: Date; readonly modelId: string };
  readonly includeRawChunks: boolean;
  readonly signal: AbortSignal | undefined;
  /** The error as callers get it. */
  readonly toError: (error: unknown) => unknown;
}

const textId = '0';

/**
 * The parts of a stream, in the order that the specification asks for. An abort ends it by throwing; any other failure is an
 * error part, after which the text ends and the reason is `error`.
 */
export async function* streamParts(
  responses: AsyncIterable<Outputs>,
  { warnings, metadata, includeRawChunks, signal, toError }: StreamOptions,
): AsyncGenerator<LanguageModelV4StreamPart, void> {
  yield { type: 'stream-start', warnings };
  yield { type: 'response-metadata', ...metadata };
  // A character may be cut between two deltas.
  const decoder = new TextDecoder();
  let isOpen = false;
  let ending: Ending | undefined;
  try {
    for await (const outputs of responses) {
      const reader = new OutputReader(metadata.modelId, outputs);
      if (includeRawChunks) yield { type: 'raw', rawValue: rawChunk(reader) };
      ending = endingOf(reader) ?? ending;
      const delta = reader.has('TEXT') ? decoder.decode(reader.bytes('TEXT'), { stream: true }) : '';
      if (delta === '') continue;
      if (!isOpen) yield { type: 'text-start', id: textId };
      isOpen = true;
      yield { type: 'text-delta', id: textId, delta };
    }
    signal?.throwIfAborted();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    yield { type: 'error', error: toError(error) };
    ending = failed();
  }
  if (isOpen) yield { type: 'text-end', id: textId };
  yield { type: 'finish', ...(ending ?? interrupted()) };
}
