import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
  SharedV4Warning,
} from '@ai-sdk/provider';
import { generateId } from '@ai-sdk/provider-utils';
import type { Outputs } from '../../backend/outputs.ts';
import { pictureBytes } from '../../backend/picture-bytes.ts';
import { asProviderCall, toProviderError } from '../call-error.ts';
import { toCallOptions } from '../call-options.ts';
import { readPicture } from '../pictures.ts';
import { type ProviderContext, providerName } from '../provider-context.ts';
import { toSeed } from '../seed.ts';
import { type Chat, type ChatMessage, toChat } from './chat-messages.ts';
import { hottest, settingWarnings } from './setting-warnings.ts';
import { streamParts } from './stream-parts.ts';
import { toReadableStream } from './to-readable-stream.ts';

const defaultMaxTokens = 1024;

/** A vision-language model on Triton that keeps the vqa contract: text and any number of pictures in, text out. */
export class TritonLanguageModel implements LanguageModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = `${providerName}.chat`;
  readonly modelId: string;
  /**
   * All: what is not listed here the AI SDK downloads by itself, whatever `allowUrls` says. That goes for files that are no
   * pictures too, which are refused without being fetched.
   */
  readonly supportedUrls: Record<string, RegExp[]> = { '*/*': [/^https?:/i] };
  readonly #context: ProviderContext;

  constructor(modelId: string, context: ProviderContext) {
    this.modelId = modelId;
    this.#context = context;
  }

  async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const { parts, request, metadata } = await this.#start(options);
    let text = '';
    for await (const part of parts) {
      if (part.type === 'text-delta') text += part.delta;
      if (part.type === 'error') throw part.error;
      if (part.type !== 'finish') continue;
      const { finishReason, usage } = part;
      const content: LanguageModelV4Content[] = text === '' ? [] : [{ type: 'text', text }];
      return { content, finishReason, usage, warnings: request.warnings, request: request.told, response: metadata };
    }
    throw new Error('a stream of parts ends with finish');
  }

  async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const stop = new AbortController();
    const abortSignal = AbortSignal.any([stop.signal, ...(options.abortSignal ? [options.abortSignal] : [])]);
    const { parts, request } = await this.#start({ ...options, abortSignal });
    return { stream: toReadableStream(parts, stop), request: request.told };
  }

  /** Waits for the first response: what fails before it rejects the call, so that the core may try again. */
  async #start(options: LanguageModelV4CallOptions) {
    const { abortSignal: signal, includeRawChunks = false } = options;
    const metadata = { id: generateId(), timestamp: new Date(), modelId: this.modelId };
    const { request, responses } = await asProviderCall(this.#context, this.modelId, signal, async () => {
      const request = await this.#request(options);
      const callOptions = { ...toCallOptions(options), id: metadata.id, binaryInJson: 'base64' as const };
      const stream = this.#context.client.model(this.modelId).stream(request.inputs, callOptions);
      return { request, responses: await begun(stream, signal) };
    });
    const toError = (error: unknown) => toProviderError(error, this.#context, this.modelId, signal);
    const { warnings } = request;
    return {
      parts: streamParts(responses, { warnings, metadata, includeRawChunks, signal, toError }),
      request,
      metadata,
    };
  }

  async #request(options: LanguageModelV4CallOptions) {
    const { abortSignal: signal, maxOutputTokens = defaultMaxTokens, temperature = 0, seed } = options;
    const chat = toChat(options.prompt);
    const warnings: SharedV4Warning[] = [...settingWarnings(options), ...chat.warnings];
    const images = await this.#pictures(chat, signal);
    const usedTemperature = Math.min(temperature, hottest);
    // Greedy answers do not depend on the seed; a fixed one lets equal calls be equal requests.
    const usedSeed = usedTemperature === 0 && seed === undefined ? 0 : toSeed(seed);
    const inputs = {
      ...(images.length === 0 ? {} : { IMAGES: images }),
      MESSAGES: JSON.stringify(chat.messages),
      MAX_TOKENS: maxOutputTokens,
      TEMPERATURE: usedTemperature,
      SEED: BigInt(usedSeed),
    };
    return { inputs, warnings, told: toldOf(chat.messages, images.length, maxOutputTokens, usedTemperature, usedSeed) };
  }

  async #pictures({ pictures }: Chat, signal: AbortSignal | undefined): Promise<Uint8Array[]> {
    const read = async (data: Chat['pictures'][number]) => pictureBytes(await readPicture(data, this.#context, signal));
    return Promise.all(pictures.map(read));
  }
}

/** What telemetry may see of a request: everything but the pictures. */
const toldOf = (
  messages: readonly ChatMessage[],
  pictures: number,
  maxTokens: number,
  temperature: number,
  seed: number,
) => ({
  body: { messages, pictures, maxTokens, temperature, seed },
});

/**
 * The same stream, once its first response is there. An abort lets go of it at once, even where nobody reads any more: else
 * the client would take the call for one that is under way.
 */
async function begun(stream: AsyncIterable<Outputs>, signal: AbortSignal | undefined): Promise<AsyncIterable<Outputs>> {
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next();
  // It may reject with the abort's reason, which whoever reads is told of by `next`.
  const letGo = () => void iterator.return?.().then(undefined, () => {});
  signal?.addEventListener('abort', letGo, { once: true });
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await iterator.next()) yield next.value;
    } finally {
      signal?.removeEventListener('abort', letGo);
      await iterator.return?.();
    }
  })();
}
