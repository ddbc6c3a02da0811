import { z } from 'zod';
import type { ToolAnswer } from '../golden-client.ts';

const answerSchema = z.object({
  isError: z.boolean().optional(),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  content: z.array(
    z.object({
      type: z.string(),
      text: z.string().optional(),
      uri: z.string().optional(),
      size: z.number().optional(),
      mimeType: z.string().optional(),
      data: z.string().optional(),
    }),
  ),
});

/** The result of a tool as every client hands it on. Throws for one that is an error, or that no program can read. */
export function readAnswer(result: unknown): ToolAnswer {
  const { isError, structuredContent, content } = answerSchema.parse(result);
  if (isError || structuredContent === undefined) throw new Error(content.map(({ text }) => text).join('\n'));
  return { structuredContent, content };
}

const contentsSchema = z.object({
  contents: z.tuple([z.object({ blob: z.base64(), mimeType: z.string().optional() })]),
});

/** The one file that a resource is. */
export function readFileContents(result: unknown): { readonly bytes: Buffer; readonly mimeType: string | undefined } {
  const [{ blob, mimeType }] = contentsSchema.parse(result).contents;
  return { bytes: Buffer.from(blob, 'base64'), mimeType };
}
