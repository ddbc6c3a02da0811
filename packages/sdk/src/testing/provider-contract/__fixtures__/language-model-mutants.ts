import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { convertAsyncIteratorToReadableStream } from '@ai-sdk/provider-utils';
import type { Mutant } from './prove-contract.ts';
import { apiError, ReferenceLanguageModel } from './reference-language-model.ts';

type Options = LanguageModelV4CallOptions;
type Parts = AsyncIterable<LanguageModelV4StreamPart>;

/** A mutant whose stream is what `change` makes of the honest one. */
const streaming = (change: (parts: Parts, options: Options) => Parts) =>
  class extends ReferenceLanguageModel {
    protected override parts(options: Options) {
      const honest = super.parts(options);
      return (async function* () {
        yield* change(honest, options);
      })();
    }
  };

/** A mutant whose generated result is what `change` makes of the honest one. */
const generating = (change: (result: Awaited<ReturnType<ReferenceLanguageModel['doGenerate']>>) => object) =>
  class extends ReferenceLanguageModel {
    override async doGenerate(options: Options) {
      const result = await super.doGenerate(options);
      return { ...result, ...change(result) };
    }
  };

const mapParts = (change: (part: LanguageModelV4StreamPart) => readonly object[]) =>
  streaming(async function* (parts) {
    // Mutants break the types on purpose.
    for await (const part of parts) yield* change(part) as readonly LanguageModelV4StreamPart[];
  });

const without = (type: LanguageModelV4StreamPart['type']) => mapParts((part) => (part.type === type ? [] : [part]));
const twice = (type: LanguageModelV4StreamPart['type']) =>
  mapParts((part) => (part.type === type ? [part, part] : [part]));

const withoutSignal = ({ abortSignal: _, ...options }: Options): Options => options;
const parts = 'doStream: parts come in order and in pairs';
const shape = 'doGenerate: the result has the shape of the specification';

/** Language models that are each broken in one way. */
export const languageModelMutants: Readonly<Record<string, Mutant<ReferenceLanguageModel>>> = {
  'an older specification': {
    caughtBy: 'says what it is',
    Mutant: class extends ReferenceLanguageModel {
      override readonly specificationVersion = 'v3' as unknown as 'v4';
    },
  },
  'no provider': {
    caughtBy: 'says what it is',
    Mutant: class extends ReferenceLanguageModel {
      override readonly provider = '';
    },
  },
  'URLs as text': {
    caughtBy: 'says what it is',
    Mutant: class extends ReferenceLanguageModel {
      override readonly supportedUrls = { 'image/*': ['https'] } as unknown as Record<string, RegExp[]>;
    },
  },
  'content as text': { caughtBy: shape, Mutant: generating(() => ({ content: 'hello' })) },
  'an unknown kind of content': {
    caughtBy: shape,
    Mutant: generating(() => ({ content: [{ type: 'txt', text: 'x' }] })),
  },
  'no content': { caughtBy: shape, Mutant: generating(() => ({ content: [] })) },
  'no warnings': { caughtBy: shape, Mutant: generating(() => ({ warnings: undefined })) },
  'warnings as text': { caughtBy: shape, Mutant: generating(() => ({ warnings: ['topK'] })) },
  'a timestamp as text': { caughtBy: shape, Mutant: generating(() => ({ response: { timestamp: 'now' } })) },
  'response headers as Headers': {
    caughtBy: shape,
    Mutant: generating(() => ({ response: { headers: { 'x-a': ['b'] } } })),
  },
  'metadata that is no JSON': {
    caughtBy: shape,
    Mutant: generating(() => ({ providerMetadata: { it: { at: new Date() } } })),
  },
  'a reason as text': {
    caughtBy: 'doGenerate: says why it ended, in both words',
    Mutant: generating(() => ({ finishReason: 'stop' })),
  },
  'a reason in the words of the server': {
    caughtBy: 'doGenerate: says why it ended, in both words',
    Mutant: generating(() => ({ finishReason: { unified: 'max_tokens', raw: 'max_tokens' } })),
  },
  'no raw reason': {
    caughtBy: 'doGenerate: says why it ended, in both words',
    Mutant: generating(() => ({ finishReason: { unified: 'stop' } })),
  },
  'usage of an older specification': {
    caughtBy: 'doGenerate: counts tokens',
    Mutant: generating(() => ({ usage: { inputTokens: 4, outputTokens: 3, totalTokens: 7 } })),
  },
  'token counts that are NaN': {
    caughtBy: 'doGenerate: counts tokens',
    Mutant: generating(({ usage }) => ({
      usage: { ...usage, outputTokens: { ...usage.outputTokens, total: Number.NaN } },
    })),
  },
  'parts of tokens above their total': {
    caughtBy: 'doGenerate: counts tokens',
    Mutant: generating(({ usage }) => ({ usage: { ...usage, inputTokens: { ...usage.inputTokens, cacheRead: 9 } } })),
  },
  'a stream without its start': { caughtBy: parts, Mutant: without('stream-start') },
  'a stream that starts twice': { caughtBy: parts, Mutant: twice('stream-start') },
  'a stream without a finish': { caughtBy: parts, Mutant: without('finish') },
  'a stream that finishes twice': { caughtBy: parts, Mutant: twice('finish') },
  'text after the finish': {
    caughtBy: parts,
    Mutant: mapParts((part) => (part.type === 'finish' ? [part, { type: 'text-delta', id: '0', delta: '!' }] : [part])),
  },
  'text that never starts': { caughtBy: parts, Mutant: without('text-start') },
  'text that never ends': { caughtBy: parts, Mutant: without('text-end') },
  'text that starts twice': { caughtBy: parts, Mutant: twice('text-start') },
  'deltas of another id': {
    caughtBy: parts,
    Mutant: mapParts((part) => (part.type === 'text-delta' ? [{ ...part, id: '1' }] : [part])),
  },
  'deltas as in the older specification': {
    caughtBy: parts,
    Mutant: mapParts((part) =>
      part.type === 'text-delta' ? [{ type: part.type, id: part.id, text: part.delta }] : [part],
    ),
  },
  'metadata after the text': {
    caughtBy: parts,
    Mutant: mapParts((part) => {
      if (part.type === 'response-metadata') return [];
      return part.type === 'text-end' ? [part, { type: 'response-metadata', id: 'r1' }] : [part];
    }),
  },
  'a finish without usage': {
    caughtBy: parts,
    Mutant: mapParts((part) => (part.type === 'finish' ? [{ ...part, usage: undefined }] : [part])),
  },
  'raw chunks unasked': {
    caughtBy: 'doStream: raw chunks come when they are asked for, and only then',
    Mutant: mapParts((part) => (part.type === 'text-delta' ? [{ type: 'raw', rawValue: 1 }, part] : [part])),
  },
  'no raw chunks': {
    caughtBy: 'doStream: raw chunks come when they are asked for, and only then',
    Mutant: without('raw'),
  },
  'other text in the stream': {
    caughtBy: 'doStream: streams the text, reason and usage that doGenerate answers',
    Mutant: mapParts((part) => (part.type === 'text-delta' ? [{ ...part, delta: part.delta.trim() }] : [part])),
  },
  'state shared by streams': {
    caughtBy: 'doStream: two streams at once do not mix',
    Mutant: class extends ReferenceLanguageModel {
      #started = false;
      protected override async *parts(options: Options) {
        for await (const part of super.parts(options)) {
          if (part.type === 'text-start' && this.#started) continue;
          this.#started = part.type === 'text-start' || (this.#started && part.type !== 'text-end');
          yield part;
        }
      }
    },
  },
  'a stream that cannot be left': {
    caughtBy: 'doStream: a reader may leave early',
    failsWith: /no/,
    Mutant: class extends ReferenceLanguageModel {
      override async doStream(options: Options) {
        const { stream } = await super.doStream(options);
        const reader = stream.getReader();
        const pull = async (controller: ReadableStreamDefaultController<LanguageModelV4StreamPart>) => {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        };
        return { stream: new ReadableStream({ pull, cancel: () => Promise.reject(new Error('no')) }) };
      }
    },
  },
  'a warning at every call': {
    caughtBy: 'does not warn about what it supports',
    Mutant: generating(() => ({ warnings: [{ type: 'other', message: 'hello' }] })),
  },
  'settings dropped without a word': {
    caughtBy: 'warns that topK is not supported',
    Mutant: generating(() => ({ warnings: [] })),
  },
  'streams that do not warn': {
    caughtBy: 'warns that topK is not supported',
    Mutant: mapParts((part) => (part.type === 'stream-start' ? [{ ...part, warnings: [] }] : [part])),
  },
  'tool messages dropped without a word': {
    caughtBy: 'refuses tool messages, or warns',
    Mutant: class extends ReferenceLanguageModel {
      protected override begin(options: Options) {
        super.begin({ ...options, prompt: [] });
      }
    },
  },
  'an abort that is not looked at': {
    caughtBy: 'doGenerate: rejects when it was aborted before it began',
    Mutant: class extends ReferenceLanguageModel {
      override doGenerate = (options: Options) => super.doGenerate(withoutSignal(options));
    },
  },
  'an abort that becomes a failure': {
    caughtBy: 'doGenerate: rejects when it is aborted while it runs',
    Mutant: class extends ReferenceLanguageModel {
      override async doGenerate(options: Options) {
        return super.doGenerate(options).catch(() => Promise.reject(apiError(500)));
      }
    },
  },
  'a stream that runs on after an abort': {
    caughtBy: 'doStream: an abort after the first delta ends the stream',
    Mutant: class extends ReferenceLanguageModel {
      override doStream = (options: Options) => super.doStream(withoutSignal(options));
    },
  },
  'an aborted stream that finishes as if it were whole': {
    caughtBy: 'doStream: an abort after the first delta ends the stream',
    Mutant: class extends ReferenceLanguageModel {
      override async doStream(options: Options) {
        const honest = super.parts(options);
        const usage = (await super.doGenerate({ prompt: [] })).usage;
        const quiet = async function* (): AsyncGenerator<LanguageModelV4StreamPart> {
          try {
            yield* honest;
          } catch {
            yield { type: 'text-end', id: '0' };
            yield { type: 'finish', finishReason: { unified: 'stop', raw: undefined }, usage };
          }
        };
        return { stream: convertAsyncIteratorToReadableStream(quiet()) };
      }
    },
  },
  'headers left behind': {
    caughtBy: 'doGenerate: sends the headers of the call',
    Mutant: class extends ReferenceLanguageModel {
      override async doGenerate(options: Options) {
        const result = await super.doGenerate(options);
        this.received = {};
        return result;
      }
    },
  },
  'headers that are undefined, sent': {
    caughtBy: 'doStream: sends the headers of the call',
    Mutant: class extends ReferenceLanguageModel {
      override async doStream(options: Options) {
        const result = await super.doStream(options);
        this.received = Object.fromEntries(
          Object.entries(options.headers ?? {}).map(([name, value]) => [name, String(value)]),
        );
        return result;
      }
    },
  },
  'errors of another class': {
    caughtBy: 'doGenerate: rejects with an APICallError when the request is wrong',
    Mutant: class extends ReferenceLanguageModel {
      override async doGenerate(options: Options) {
        return super.doGenerate(options).catch((cause) => Promise.reject(new Error('failed', { cause })));
      }
    },
  },
  'busy servers that are not tried again': {
    caughtBy: 'doStream: rejects with an APICallError when the server is busy',
    Mutant: class extends ReferenceLanguageModel {
      override async doStream(options: Options) {
        return super.doStream(options).catch(() => Promise.reject(apiError(400)));
      }
    },
  },
  'options that are written into': {
    caughtBy: 'doGenerate: leaves the call options as they were',
    failsWith: /TypeError/,
    Mutant: class extends ReferenceLanguageModel {
      override async doGenerate(options: Options) {
        options.maxOutputTokens = 3;
        return super.doGenerate(options);
      }
    },
  },
};
