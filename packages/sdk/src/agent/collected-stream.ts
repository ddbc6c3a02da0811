import type {
  LanguageModelV4Content,
  LanguageModelV4File,
  LanguageModelV4GenerateResult,
  LanguageModelV4Reasoning,
  LanguageModelV4ReasoningFile,
  LanguageModelV4StreamPart,
  LanguageModelV4Text,
} from '@ai-sdk/provider';

type TextPart = Extract<LanguageModelV4StreamPart, { type: `${'text' | 'reasoning'}-${'start' | 'delta' | 'end'}` }>;

/** What a brain's stream amounts to once it has ended, in a form that survives JSON. */
export class CollectedStream {
  readonly #content: LanguageModelV4Content[] = [];
  #hasToolInput = false;
  #isWhole = false;
  readonly #blocks = new Map<string, LanguageModelV4Text | LanguageModelV4Reasoning>();
  #rest: Omit<LanguageModelV4GenerateResult, 'content'> = {
    warnings: [],
    finishReason: { unified: 'other', raw: undefined },
    usage: {
      inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: undefined, text: undefined, reasoning: undefined },
    },
  };

  get result(): LanguageModelV4GenerateResult {
    return { content: this.#content, ...this.#rest };
  }

  /** Whether a part of an answer or of a tool call has come. Reasoning, which nobody is shown, is neither. */
  get hasContent(): boolean {
    const isEmpty = (part: LanguageModelV4Content) =>
      part.type === 'reasoning' || (part.type === 'text' && part.text === '');
    return this.#hasToolInput || !this.#content.every(isEmpty);
  }

  /** False where the stream ended without saying that it has: what came may be a half. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  add(part: LanguageModelV4StreamPart): void {
    switch (part.type) {
      case 'stream-start':
        this.#rest = { ...this.#rest, warnings: part.warnings };
        break;
      case 'text-start':
      case 'text-delta':
      case 'text-end':
      case 'reasoning-start':
      case 'reasoning-delta':
      case 'reasoning-end':
        this.#addText(part);
        break;
      case 'tool-call':
      case 'tool-result':
      case 'tool-approval-request':
      case 'custom':
      case 'source':
        this.#content.push(part);
        break;
      case 'file':
      case 'reasoning-file':
        this.#content.push(inJson(part));
        break;
      case 'finish':
        this.#finish(part);
        break;
      case 'error':
        throw part.error;
      case 'tool-input-start':
        this.#hasToolInput = true;
        break;
      // Told otherwise, or of no use after the stream: the tool call comes whole, pings and raw chunks are transport.
      case 'response-metadata':
      case 'tool-input-delta':
      case 'tool-input-end':
      case 'ping':
      case 'raw':
        break;
    }
  }

  #finish({ usage, finishReason, providerMetadata }: Extract<LanguageModelV4StreamPart, { type: 'finish' }>): void {
    // A provider that does not know how a stream ended says `interrupted`, or `other` without a reason of its own.
    const { unified, raw } = finishReason;
    const isUnknown = unified === 'interrupted' || (unified === 'other' && raw === undefined);
    // Gemini's word for a call that it could not finish writing.
    this.#isWhole = !isUnknown && raw !== 'MALFORMED_FUNCTION_CALL';
    this.#rest = { ...this.#rest, usage, finishReason, ...(providerMetadata ? { providerMetadata } : {}) };
  }

  #addText(part: TextPart): void {
    const block = this.#blocks.get(part.id) ?? this.#begin(part);
    if ('delta' in part) block.text += part.delta;
    if (part.type === 'text-end' && part.citations && block.type === 'text') block.citations = part.citations;
    // Signatures of reasoning arrive with any of the parts and must go back to the provider on the next call.
    if (part.providerMetadata) block.providerMetadata = { ...block.providerMetadata, ...part.providerMetadata };
  }

  #begin(part: TextPart): LanguageModelV4Text | LanguageModelV4Reasoning {
    const type = part.type.startsWith('text') ? 'text' : 'reasoning';
    const block: LanguageModelV4Text | LanguageModelV4Reasoning = { type, text: '' };
    this.#blocks.set(part.id, block);
    this.#content.push(block);
    return block;
  }
}

/** Bytes as base64, which is the other form the specification allows. */
function inJson<Part extends LanguageModelV4File | LanguageModelV4ReasoningFile>(part: Part): Part {
  if (part.data.type !== 'data' || typeof part.data.data === 'string') return part;
  return { ...part, data: { ...part.data, data: Buffer.from(part.data.data).toString('base64') } };
}
