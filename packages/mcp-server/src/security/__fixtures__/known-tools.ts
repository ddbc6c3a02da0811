import { z } from 'zod';
import type { Answer } from './answer.ts';
import type { KnownTool } from './malformed.ts';

const listSchema = z.object({
  tools: z
    .array(
      z.object({
        name: z.string(),
        inputSchema: z.object({ properties: z.record(z.string(), z.unknown()).default({}) }),
      }),
    )
    .min(1),
});

/** What a list of tools says they take. */
export const toolsIn = ({ result }: Answer): KnownTool[] =>
  listSchema
    .parse(result)
    .tools.map(({ name, inputSchema }) => ({ name, fields: Object.keys(inputSchema.properties) }));
