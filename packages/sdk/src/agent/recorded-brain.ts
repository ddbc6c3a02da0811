import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4GenerateResult } from '@ai-sdk/provider';
import { delay } from '@ai-sdk/provider-utils';
import { AtelierError } from '../errors/atelier-error.ts';
import { notChatCompletions, toAtelierError } from './brain-error.ts';
import { otherThanEvents, type ProviderFailure, providerFailure } from './brains/provider-failure.ts';
import type { Budget } from './budget.ts';
import { CollectedStream } from './collected-stream.ts';

/** A provider is asked this often again, after these waits in milliseconds unless it names its own. */
const waits = { busy: [2000, 4000], broken: [250, 1000], rejected: [] } as const;
/** In milliseconds: a provider that asks for more than this is not waited for. */
const longestWait = 60_000;

/**
 * Wraps a brain so that each of its calls is one recorded step. The call streams, for tokens while it runs; the step's
 * value is the whole result. Retries happen inside the step. A result that broke off or was refused is none: the step rejects.
 */
export function recordedBrain(
  brain: LanguageModelV4,
  budget: Budget,
  onToken: (text: string) => void,
): LanguageModelV4 {
  let calls = 0;
  return {
    specificationVersion: 'v4',
    provider: brain.provider,
    modelId: brain.modelId,
    supportedUrls: brain.supportedUrls,
    doGenerate: (options) =>
      budget.step(`brain:${calls++}`, (abortSignal) => callAsTold(brain, { ...options, abortSignal }, onToken)),
    doStream: () => {
      throw new AtelierError({ code: 'brain-failed', message: 'A recorded brain does not stream by itself.' });
    },
  };
}

/** A brain that has to call one tool and does not is told so this often. */
const reminders = 2;

/** Not every server holds its model to the tool that must be called: such a brain is asked again, and its words are not shown. */
async function callAsTold(
  brain: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  onToken: (text: string) => void,
): Promise<LanguageModelV4GenerateResult> {
  const { toolChoice } = options;
  if (toolChoice?.type !== 'tool') return callPatiently(brain, options, onToken);
  let { prompt } = options;
  for (let reminded = 0; ; reminded++) {
    const result = await callPatiently(brain, { ...options, prompt }, () => {});
    if (result.content.some((part) => part.type === 'tool-call' && isNamed(part.toolName, toolChoice.toolName)))
      return result;
    if (reminded === reminders) throw doesNotCall(toolChoice.toolName, textOf(result));
    const said = textOf(result);
    prompt = [
      ...prompt,
      ...(said === '' ? [] : [{ role: 'assistant' as const, content: [{ type: 'text' as const, text: said }] }]),
      {
        role: 'user',
        content: [{ type: 'text', text: `Call the tool ${toolChoice.toolName} now, and nothing else.` }],
      },
    ];
  }
}

/** Also in a spelling that is mended later: `functions.plan`. */
const isNamed = (written: string, name: string): boolean =>
  written.split(/[.:/]/).at(-1)?.trim().toLowerCase() === name;

const textOf = ({ content }: LanguageModelV4GenerateResult): string =>
  content
    .flatMap((part) => (part.type === 'text' ? part.text : []))
    .join('')
    .trim();

const doesNotCall = (tool: string, text: string): AtelierError =>
  new AtelierError({
    code: 'brain-failed',
    message: `The brain does not call the tool "${tool}", which it was told to call${text === '' ? '.' : `; it said: ${text.slice(0, 200)}`}`,
    hint: 'Choose a model, and a server, that can call tools.',
    details: { reason: 'no-tool-call', text },
  });

async function callPatiently(
  brain: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  onToken: (text: string) => void,
): Promise<LanguageModelV4GenerateResult> {
  const { abortSignal } = options;
  for (let attempt = 0; ; attempt++) {
    const collected = new CollectedStream();
    const failure = await collect(brain, options, collected, onToken);
    if (!failure) return accepted(collected.result);
    // Half an answer was shown already: asking again would show another beginning after it.
    const wait = collected.hasContent ? undefined : waitBeforeRetry(failure, attempt);
    if (wait === undefined) {
      const isHalf = failure.kind === 'broken' && collected.hasContent;
      throw isHalf ? brokeOff(failure.error) : toAtelierError(failure.error);
    }
    await delay(wait, abortSignal ? { abortSignal } : {});
  }
}

/** Fills `collected`. Returns what went wrong on the provider's side; throws what did elsewhere. */
async function collect(
  brain: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  collected: CollectedStream,
  onToken: (text: string) => void,
): Promise<(ProviderFailure & { readonly error: unknown }) | undefined> {
  let headers: Readonly<Record<string, string>> | undefined;
  try {
    const { stream, response } = await brain.doStream(options);
    headers = response?.headers;
    for await (const part of stream) {
      collected.add(part);
      if (part.type === 'text-delta') onToken(part.delta);
    }
    if (collected.isWhole) return undefined;
    const error = brokeOff();
    return { kind: 'broken', message: error.message, error };
  } catch (error) {
    const failure = options.abortSignal?.aborted ? undefined : providerFailure(error);
    if (!failure) throw error;
    const other = collected.result.content.length === 0 ? otherThanEvents(error, headers) : undefined;
    // Asking again would bring the same page.
    return other === undefined
      ? { ...failure, error }
      : { kind: 'rejected', message: failure.message, error: notChatCompletions(other) };
  }
}

function waitBeforeRetry({ kind, retryAfter }: ProviderFailure, attempt: number): number | undefined {
  const wait = waits[kind][attempt];
  if (wait === undefined || retryAfter === undefined) return wait;
  return retryAfter <= longestWait ? retryAfter : undefined;
}

/** Nothing of it is used: half a call, or half an answer, may mean something else than the whole one. */
const brokeOff = (cause?: unknown): AtelierError =>
  new AtelierError({
    code: 'brain-failed',
    message: "The brain's answer broke off in the middle.",
    hint: 'Try again: nothing was done with the half that came.',
    isRetryable: true,
    details: { reason: 'broke-off' },
    ...(cause === undefined ? {} : { cause: toAtelierError(cause) }),
  });

/** The result, unless the model or its provider refused to give one. */
function accepted(result: LanguageModelV4GenerateResult): LanguageModelV4GenerateResult {
  if (result.finishReason.unified !== 'content-filter') return result;
  const words = refusalOf(result);
  throw new AtelierError({
    code: 'brain-failed',
    message: `The brain refused the request: ${words}`,
    hint: 'Ask for something else, or choose another brain.',
    details: { reason: 'refused', text: words },
  });
}

/** In the model's words, else in the provider's, else only by its name. */
function refusalOf({ content, finishReason, providerMetadata }: LanguageModelV4GenerateResult): string {
  const text = content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('');
  const messages = Object.values(providerMetadata ?? {}).map(({ finishMessage }) => finishMessage);
  const said = messages.find((message) => typeof message === 'string' && message !== '');
  return text.trim() || String(said ?? finishReason.raw ?? 'it gave no reason.');
}
