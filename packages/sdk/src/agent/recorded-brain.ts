import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4Reasoning,
  LanguageModelV4StreamPart,
  LanguageModelV4Text,
} from '@ai-sdk/provider';
import { AtelierError } from '../errors/atelier-error.ts';

/**
 * Wraps a brain so that each of its calls is one recorded step. The call streams, for tokens while it runs; the step's
 * value is the whole result.
 */
export function recordedBrain(
  brain: LanguageModelV4,
  step: (name: string, work: () => Promise<LanguageModelV4GenerateResult>) => Promise<LanguageModelV4GenerateResult>,
  onToken: (text: string) => void,
): LanguageModelV4 {
  let calls = 0;
  const generate = (options: LanguageModelV4CallOptions) =>
    step(`brain:${calls++}`, () => collect(brain, options, onToken));
  return {
    specificationVersion: 'v4',
    provider: brain.provider,
    modelId: brain.modelId,
    supportedUrls: brain.supportedUrls,
    doGenerate: generate,
    doStream: () => {
      throw new AtelierError({ code: 'brain-failed', message: 'A recorded brain does not stream by itself.' });
    },
  };
}

/** What a stream amounts to once it has ended. */
class Collected {
  readonly content: LanguageModelV4Content[] = [];
  readonly #blocks = new Map<string, LanguageModelV4Text | LanguageModelV4Reasoning>();
  #rest: Pick<LanguageModelV4GenerateResult, 'warnings' | 'finishReason' | 'usage'> = {
    warnings: [],
    finishReason: { unified: 'other', raw: undefined },
    usage: {
      inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: undefined, text: undefined, reasoning: undefined },
    },
  };

  get result(): LanguageModelV4GenerateResult {
    return { content: this.content, ...this.#rest };
  }

  add(part: LanguageModelV4StreamPart): void {
    switch (part.type) {
      case 'stream-start':
        this.#rest = { ...this.#rest, warnings: part.warnings };
        break;
      case 'text-start':
      case 'reasoning-start':
      case 'text-delta':
      case 'reasoning-delta':
      case 'text-end':
      case 'reasoning-end':
        this.#addText(part);
        break;
      case 'tool-call':
      case 'tool-result':
      case 'tool-approval-request':
      case 'source':
      case 'file':
        this.content.push(part);
        break;
      case 'finish':
        this.#rest = { ...this.#rest, finishReason: part.finishReason, usage: part.usage };
        break;
      case 'error':
        throw part.error;
    }
  }

  #begin(part: TextPart): LanguageModelV4Text | LanguageModelV4Reasoning {
    const type = part.type.startsWith('text') ? 'text' : 'reasoning';
    const block: LanguageModelV4Text | LanguageModelV4Reasoning = { type, text: '' };
    this.#blocks.set(part.id, block);
    this.content.push(block);
    return block;
  }

  #addText(part: TextPart): void {
    const block = this.#blocks.get(part.id) ?? this.#begin(part);
    if ('delta' in part) block.text += part.delta;
    // Signatures of reasoning arrive with any of the parts and must go back to the provider on the next call.
    if (part.providerMetadata) block.providerMetadata = { ...block.providerMetadata, ...part.providerMetadata };
  }
}

type TextPart = Extract<LanguageModelV4StreamPart, { type: `${'text' | 'reasoning'}-${'start' | 'delta' | 'end'}` }>;

async function collect(
  brain: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  onToken: (text: string) => void,
): Promise<LanguageModelV4GenerateResult> {
  const { stream } = await brain.doStream(options);
  const collected = new Collected();
  for await (const part of stream) {
    collected.add(part);
    if (part.type === 'text-delta') onToken(part.delta);
  }
  return collected.result;
}
