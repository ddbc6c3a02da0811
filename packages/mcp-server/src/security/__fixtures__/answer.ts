import { z } from 'zod';

const fields = z.record(z.string(), z.unknown());
const answerSchema = z.strictObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  result: fields.optional(),
  error: z.strictObject({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
});
const toolSchema = z.object({
  isError: z.boolean().default(false),
  structuredContent: fields.default({}),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).default([]),
  _meta: z.looseObject({ 'atelier/error': z.looseObject({ code: z.string() }).optional() }).optional(),
});

/** What a request came to, as an attacker looks at it. */
export interface Answer {
  readonly id: unknown;
  /** Every byte of it, as text. */
  readonly whole: string;
  readonly result: Readonly<Record<string, unknown>>;
  /** Of JSON-RPC; undefined where there is a result. */
  readonly error: { readonly code: number; readonly message: string } | undefined;
  /** The code of a tool's own failure, or `protocol CODE`; undefined where it worked. */
  readonly refusal: string | undefined;
  /** Of a tool. */
  readonly output: Readonly<Record<string, unknown>>;
  /** What a model reads of a tool's result. */
  readonly text: string;
}

/** Throws for what is no JSON-RPC answer. */
export function readAnswer(message: unknown): Answer {
  const { id, result = {}, error } = answerSchema.parse(message);
  const { isError, structuredContent, content, _meta } = toolSchema.parse(
    'content' in result && Array.isArray(result.content) ? result : {},
  );
  const code = isError ? (_meta?.['atelier/error']?.code ?? 'without a code') : undefined;
  return {
    id,
    whole: JSON.stringify(message),
    result,
    error,
    refusal: error ? `protocol ${error.code}` : code,
    output: structuredContent,
    text: content.map(({ text = '' }) => text).join('\n'),
  };
}

/** The id of the picture that a tool made. */
export function imageIn({ output, whole }: Answer): string {
  if (typeof output.image === 'string') return output.image;
  throw new Error(`No picture was made: ${whole.slice(0, 500)}`);
}
