import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const thing = z.object({ shape: z.string(), colour: z.string() });
const scene = z.object({ width: z.number(), height: z.number(), things: z.array(thing) });

const step = z.object({
  operation: z.enum(['remove', 'replace', 'recolour', 'ask']),
  /** Words for its things, or for what a check looks for. */
  phrase: z.string().nullable(),
  /** Indices in the scene before the task. */
  things: z.array(z.number().int()),
  shape: z.string().nullable(),
  colour: z.string().nullable(),
  questions: z.array(z.string()),
  /** Whether something is there, because what follows depends on it. */
  check: z.boolean(),
  conditional: z.boolean(),
});

const task = z.object({
  name: z.string(),
  picture: z.string(),
  kind: z.string(),
  instruction: z.string(),
  before: scene,
  steps: z.array(step),
});

/** What `miniature.agent.tasks` writes, as far as it is read here. */
export type Task = z.infer<typeof task>;
export type ExpectedStep = z.infer<typeof step>;

export const readTasks = async (folder: string): Promise<readonly Task[]> =>
  z.array(task).parse(JSON.parse(await readFile(join(folder, 'tasks.json'), 'utf8')));
