import type { ModelMessage } from 'ai';
import { z } from 'zod';

const choiceSchema = z.object({ needs: z.literal('choice'), phrase: z.string() });
const errorSchema = z.object({
  code: z.enum(['choice-needed', 'no-match']),
  details: z.object({ phrase: z.string() }),
});

/** The phrases of a dialogue about which a person was asked which one is meant. */
export function askedPhrases(messages: readonly ModelMessage[]): ReadonlySet<string> {
  const phrases = new Set<string>();
  for (const text of messages.flatMap(toolTexts)) {
    const told = readJson(text);
    const asked = choiceSchema.safeParse(told).data?.phrase ?? errorSchema.safeParse(told).data?.details.phrase;
    if (asked !== undefined) phrases.add(asked);
  }
  return phrases;
}

function toolTexts({ role, content }: ModelMessage): string[] {
  if (role !== 'tool' || typeof content === 'string') return [];
  return content.flatMap((part) => {
    if (part.type !== 'tool-result') return [];
    if (part.output.type === 'error-text') return [part.output.value];
    if (part.output.type !== 'content') return [];
    return part.output.value.flatMap((piece) => (piece.type === 'text' ? [piece.text] : []));
  });
}

/** Errors reach a brain as `Error: {...}`. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text.slice(Math.max(0, text.indexOf('{'))));
  } catch {
    return undefined;
  }
}
