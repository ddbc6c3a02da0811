import { setTimeout as sleep } from 'node:timers/promises';
import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4StreamPart,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { convertAsyncIteratorToReadableStream } from '@ai-sdk/provider-utils';

/** A language model that keeps the specification, written for the tests of the contract: mutants are made from it. */
export class ReferenceLanguageModel implements LanguageModelV4 {
  readonly specificationVersion = 'v4' as const;
  readonly provider: string = 'reference.chat';
  readonly modelId: string = 'parrot';
  readonly supportedUrls: LanguageModelV4['supportedUrls'] = { 'image/*': [/^https:/] };
  /** The headers of the last call. */
  received: Record<string, string | undefined> = {};

  async doGenerate(options: LanguageModelV4CallOptions) {
    this.begin(options);
    const words = wordsOf(options);
    await sleep(words.length * wordMs, undefined, { signal: options.abortSignal });
    return {
      content: [{ type: 'text' as const, text: words.join('') }],
      finishReason: { unified: 'stop' as const, raw: 'end' as string | undefined },
      usage: usageOf(words),
      warnings: warningsOf(options),
      response: { id: 'r1', timestamp: new Date(), modelId: this.modelId, headers: { 'x-reference': 'yes' } },
    };
  }

  async doStream(options: LanguageModelV4CallOptions) {
    this.begin(options);
    return { stream: convertAsyncIteratorToReadableStream(this.parts(options)) };
  }

  protected async *parts(options: LanguageModelV4CallOptions): AsyncGenerator<LanguageModelV4StreamPart> {
    const words = wordsOf(options);
    yield { type: 'stream-start', warnings: warningsOf(options) };
    yield { type: 'response-metadata', id: 'r1', modelId: this.modelId };
    yield { type: 'text-start', id: '0' };
    for (const word of words) {
      await sleep(wordMs, undefined, { signal: options.abortSignal });
      if (options.includeRawChunks) yield { type: 'raw', rawValue: { word } };
      yield { type: 'text-delta', id: '0', delta: word };
    }
    yield { type: 'text-end', id: '0' };
    yield { type: 'finish', finishReason: { unified: 'stop', raw: 'end' }, usage: usageOf(words) };
  }

  protected begin({ abortSignal, headers = {}, prompt }: LanguageModelV4CallOptions): void {
    abortSignal?.throwIfAborted();
    this.received = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    if (prompt.some(({ role }) => role === 'tool')) throw new UnsupportedFunctionalityError({ functionality: 'tools' });
    const status = Number(headers['x-fail'] ?? 0);
    if (status > 0) throw apiError(status);
  }
}

const wordMs = 2;

export const apiError = (statusCode: number): APICallError =>
  new APICallError({ message: `status ${statusCode}`, url: 'https://example.org/', requestBodyValues: {}, statusCode });

const wordsOf = ({ maxOutputTokens = 3 }: LanguageModelV4CallOptions): string[] =>
  Array.from({ length: maxOutputTokens }, (_, index) => `word${index} `);

const usageOf = ({ length }: readonly string[]) => ({
  inputTokens: { total: 4, noCache: 4, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: length, text: length, reasoning: undefined },
});

const warningsOf = ({ topK }: LanguageModelV4CallOptions) =>
  topK === undefined ? [] : [{ type: 'unsupported' as const, feature: 'topK' }];
