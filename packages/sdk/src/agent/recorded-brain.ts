import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4GenerateResult } from '@ai-sdk/provider';
import { delay } from '@ai-sdk/provider-utils';
import { APICallError } from 'ai';
import { AtelierError } from '../errors/atelier-error.ts';
import { CollectedStream } from './collected-stream.ts';
import type { RunPort } from './run-port.ts';

/** A busy provider is asked this often, after these waits unless it names its own. */
const waits = [2000, 4000];

/**
 * Wraps a brain so that each of its calls is one recorded step. The call streams, for tokens while it runs; the step's
 * value is the whole result. Retries happen inside the step.
 */
export function recordedBrain(brain: LanguageModelV4, port: RunPort, onToken: (text: string) => void): LanguageModelV4 {
  let calls = 0;
  return {
    specificationVersion: 'v4',
    provider: brain.provider,
    modelId: brain.modelId,
    supportedUrls: brain.supportedUrls,
    doGenerate: (options) => port.step(`brain:${calls++}`, () => callPatiently(brain, options, onToken)),
    doStream: () => {
      throw new AtelierError({ code: 'brain-failed', message: 'A recorded brain does not stream by itself.' });
    },
  };
}

async function callPatiently(
  brain: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  onToken: (text: string) => void,
): Promise<LanguageModelV4GenerateResult> {
  for (let attempt = 0; ; attempt++) {
    const collected = new CollectedStream();
    try {
      const { stream } = await brain.doStream(options);
      for await (const part of stream) {
        collected.add(part);
        if (part.type === 'text-delta') onToken(part.delta);
      }
      return collected.result;
    } catch (error) {
      const wait = waitBeforeRetry(error, attempt);
      // Half an answer was shown already: asking again would show another beginning after it.
      if (wait === undefined || collected.hasContent) throw error;
      await delay(wait, options.abortSignal ? { abortSignal: options.abortSignal } : {});
    }
  }
}

function waitBeforeRetry(error: unknown, attempt: number): number | undefined {
  if (!APICallError.isInstance(error) || !error.isRetryable || attempt >= waits.length) return undefined;
  const asked = Number(
    error.responseHeaders?.['retry-after-ms'] ?? Number(error.responseHeaders?.['retry-after']) * 1000,
  );
  return Number.isFinite(asked) && asked >= 0 && asked <= 60_000 ? asked : waits[attempt];
}
