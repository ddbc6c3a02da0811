import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { modelNames } from '../scenario.ts';

const entrySchema = z.object({
  model: z.enum(modelNames),
  standsFor: z.string(),
  parameters: z.number(),
  published: z.number(),
  /** Layers of every tower of a trial; null: all. */
  layers: z.number().nullable(),
  dtype: z.string(),
  /** Of the model, by name, that these weights need. */
  settings: z.record(z.string(), z.string()),
});

/** One configuration that `atelier_models/bench/full_size_weights.py` wrote. */
export type Configuration = z.infer<typeof entrySchema> & { readonly name: string; readonly folder: string };

/** What is in a folder of full-size weights. Throws where its full-size.json is missing or of another form. */
export async function readConfigurations(folder: string): Promise<Configuration[]> {
  const text = await readFile(join(folder, 'full-size.json'), 'utf8');
  const entries = z.record(z.string(), entrySchema).parse(JSON.parse(text));
  return Object.entries(entries).map(([name, entry]) => ({ ...entry, name, folder: join(folder, name) }));
}
