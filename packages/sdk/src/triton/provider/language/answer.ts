import type { JSONObject, LanguageModelV4FinishReason, LanguageModelV4Usage } from '@ai-sdk/provider';
import { z } from 'zod';
import { ResponseInvalidError } from '../../errors.ts';
import { type Outputs, outputText } from '../tensor-values.ts';

/** Why and with what a model ended. */
export interface Ending {
  readonly finishReason: LanguageModelV4FinishReason;
  readonly usage: LanguageModelV4Usage;
}

const usageSchema = z.looseObject({
  prompt_tokens: z.int().nonnegative().optional(),
  completion_tokens: z.int().nonnegative().optional(),
});

const unified: Readonly<Record<string, LanguageModelV4FinishReason['unified']>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content-filter',
};

/** The ending that a response carries, or undefined where it carries none. */
export function endingOf(outputs: Outputs): Ending | undefined {
  const reason = outputText(outputs, 'FINISH_REASON');
  if (reason === undefined) return undefined;
  return {
    finishReason: { unified: Object.hasOwn(unified, reason) ? unified[reason] : 'other', raw: reason },
    usage: toUsage(outputText(outputs, 'USAGE')),
  };
}

/** A stream that ended without saying why. */
export const interrupted = (): Ending => ({
  finishReason: { unified: 'interrupted', raw: undefined },
  usage: countsOf(undefined, undefined),
});

export const failed = (): Ending => ({
  finishReason: { unified: 'error', raw: undefined },
  usage: countsOf(undefined, undefined),
});

function toUsage(text: string | undefined): LanguageModelV4Usage {
  if (text === undefined) return countsOf(undefined, undefined);
  const json = parseJson(text);
  const read = usageSchema.safeParse(json);
  if (!read.success) throw new ResponseInvalidError({ message: 'The output USAGE does not hold token counts.' });
  const { prompt_tokens, completion_tokens } = read.data;
  // Parsed from JSON, and an object by its schema.
  return { ...countsOf(prompt_tokens, completion_tokens), raw: json as JSONObject };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ResponseInvalidError({ message: 'The output USAGE is not JSON.' });
  }
}

const countsOf = (input: number | undefined, output: number | undefined): LanguageModelV4Usage => ({
  inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: output, text: output, reasoning: undefined },
});

/** A response as plain text, for `includeRawChunks`. */
export function rawChunk(outputs: Outputs): Record<string, string> {
  const texts = ['TEXT', 'FINISH_REASON', 'USAGE'].map((name) => [name, outputText(outputs, name)] as const);
  return Object.fromEntries(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}
