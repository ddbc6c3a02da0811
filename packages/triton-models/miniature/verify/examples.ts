import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const corners = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const files = { picture: z.string(), masks: z.array(z.string()) };

/** What `miniature.examples` writes. Boxes are (left, top, right, bottom), points (x, y), in pixels of the picture. */
const schemas = {
  detections: z.object({
    ...files,
    phrases: z.array(z.object({ text: z.string(), query: z.string(), boxes: z.array(corners) })),
  }),
  segmentations: z.object({
    ...files,
    things: z.array(z.object({ name: z.string(), box: corners, point: z.tuple([z.number(), z.number()]) })),
  }),
  answers: z.object({
    ...files,
    questions: z.array(z.object({ kind: z.string(), text: z.string(), answer: z.string() })),
  }),
  descriptions: z.object({ ...files, description: z.string() }),
  paintings: z.object({
    ...files,
    kind: z.enum(['remove', 'replace']),
    instruction: z.string(),
    name: z.string(),
    box: corners,
    /** Boxes of all other things. */
    others: z.array(corners),
    wanted: z.object({ prompt: z.string(), shape: z.string(), colour: z.string() }).nullable(),
  }),
};

type Schemas = typeof schemas;
export type Task = keyof Schemas;
export type Example<Name extends Task> = z.infer<Schemas[Name]>;
export type Corners = z.infer<typeof corners>;
export type Split = 'validation' | 'test';

export interface ExampleOptions {
  readonly python: string;
  readonly split: Split;
  readonly count: number;
  /** An empty folder for the files. */
  readonly folder: string;
  /** Detections of colour-shape pairs that training never had. */
  readonly heldOut?: boolean;
}

/** Examples of a split, made anew: the same ones for the same split and count. `picture` and `masks` are whole paths. */
export async function makeExamples<Name extends Task>(task: Name, options: ExampleOptions): Promise<Example<Name>[]> {
  const { python, split, count, folder, heldOut } = options;
  const kind = heldOut ? `held-out-${task}` : task;
  await runPython(python, [
    '-m',
    'miniature.examples',
    ...['--kind', kind, '--split', split, '--count', String(count), '--out', folder],
  ]);
  const listed: unknown = JSON.parse(await readFile(join(folder, 'examples.json'), 'utf8'));
  const place = (name: string) => join(folder, name);
  // The schema is the one of this name, which the compiler cannot follow through the index.
  const examples = z.array(schemas[task]).parse(listed) as Example<Name>[];
  return examples.map((example) => ({
    ...example,
    picture: place(example.picture),
    masks: example.masks.map(place),
  }));
}

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Runs Python in this package's folder; rejects with what it wrote when it fails. */
export function runPython(python: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, { cwd: packageFolder, stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-4_000);
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${args.join(' ')} failed:\n${words}`))));
  });
}
