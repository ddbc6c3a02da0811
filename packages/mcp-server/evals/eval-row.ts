import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const rowSchema = z
  .object({
    id: z.string(),
    language: z.enum(['en', 'ko']),
    /** A file of photos/. */
    photo: z.string().regex(/^[\w-]+\.(png|jpg)$/),
    /** What was asked and done before, by the built-in planner. */
    earlier: z.string().optional(),
    request: z.string(),
    /** The tools that may come first, the likeliest one first. */
    first: z.array(z.string()).min(1),
    /** Tools that may come after looking, though not first. */
    afterLooking: z.array(z.string()).optional(),
  })
  .strict();

/** A request of a person, and the tools that should come first. */
export type EvalRow = z.infer<typeof rowSchema>;

const read = async (name: string): Promise<readonly EvalRow[]> =>
  z.array(rowSchema).parse(JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8')));

/** Forty requests that both the built-in planner and a host's model can be asked, half of them in Korean. */
export const readRows = (): Promise<readonly EvalRow[]> => read('./first-tool.json');

/** Requests for the tools that only a host's model sees: jobs and files. */
export const readHostRows = (): Promise<readonly EvalRow[]> => read('./first-tool-host.json');

export const photoUrl = (name: string): URL => new URL(`../../../photos/${name}`, import.meta.url);
