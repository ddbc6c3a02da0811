import { basename } from 'node:path';
import { z } from 'zod';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A journal may come from elsewhere, with its folder: what it names lies in that folder, and nowhere else. */
const outputSchema = z
  .string()
  .min(1)
  .refine((name) => basename(name) === name && !name.startsWith('.') && !name.includes('\0'));

const nameSchema = z.object({
  kind: z.literal('name'),
  /** Path from the folder, so that photos and results may be moved together. */
  photo: z.string(),
  /** What was asked for: the same photo may be there in several forms. */
  suffix: z.string(),
  format: z.enum(['png', 'jpeg', 'webp']),
  /** The file's name in the folder. */
  output: outputSchema,
});
/** Which file a photo's result is written to: decided once, before it is written. */
export type NameEntry = z.infer<typeof nameSchema>;

const doneSchema = z.object({
  kind: z.literal('done'),
  photo: z.string(),
  photoSha256: sha256Schema,
  /** Of the recipe and of who does it. */
  recipe: sha256Schema,
  output: outputSchema,
  outputSha256: sha256Schema,
  verified: z.boolean(),
  /** Why it is not. */
  reasons: z.array(z.string()),
});
/** A result. It is there where the file has this content: the entry is written before the file is. */
export type DoneEntry = z.infer<typeof doneSchema>;

const entrySchema = z.discriminatedUnion('kind', [nameSchema, doneSchema]);
export type Entry = z.infer<typeof entrySchema>;

/** Undefined for what is no entry. */
export function parseEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
