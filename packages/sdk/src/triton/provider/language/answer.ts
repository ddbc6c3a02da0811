import type { JSONObject, LanguageModelV4FinishReason, LanguageModelV4Usage } from '@ai-sdk/provider';
import { z } from 'zod';
import type { OutputReader } from '../../backend/outputs.ts';

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
export function endingOf(reader: OutputReader): Ending | undefined {
  if (!reader.has('FINISH_REASON')) return undefined;
  const reason = reader.text('FINISH_REASON');
  return {
    finishReason: { unified: Object.hasOwn(unified, reason) ? unified[reason] : 'other', raw: reason },
    usage: reader.has('USAGE') ? toUsage(reader) : countsOf(undefined, undefined),
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

function toUsage(reader: OutputReader): LanguageModelV4Usage {
  const json = parseJson(reader.text('USAGE'));
  const read = usageSchema.safeParse(json);
  if (!read.success) throw reader.refuse('a USAGE that does not hold token counts');
  const { prompt_tokens, completion_tokens } = read.data;
  // Parsed from JSON, and an object by its schema.
  return { ...countsOf(prompt_tokens, completion_tokens), raw: json as JSONObject };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const countsOf = (input: number | undefined, output: number | undefined): LanguageModelV4Usage => ({
  inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: output, text: output, reasoning: undefined },
});

/** A response as plain text, for `includeRawChunks`. A delta may end within a character. */
export function rawChunk(reader: OutputReader): Record<string, string> {
  const names = ['TEXT', 'FINISH_REASON', 'USAGE'].filter((name) => reader.has(name));
  return Object.fromEntries(names.map((name) => [name, new TextDecoder().decode(reader.bytes(name))]));
}
