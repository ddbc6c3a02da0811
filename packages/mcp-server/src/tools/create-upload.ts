import { AtelierError } from '@atelier/sdk/errors';
import { z } from 'zod';
import { mcpTool } from './mcp-tool.ts';

const output = z.object({
  url: z.string().describe('Takes one PUT of the file’s bytes and answers with {"id": ...}.'),
  method: z.literal('PUT'),
  expires_at: z.string().describe('When it ends (ISO 8601).'),
  max_bytes: z.number().describe('Most bytes of the file.'),
});

/** Offered over HTTP only: elsewhere files have paths. */
export const createUpload = mcpTool({
  name: 'create_upload',
  title: 'Upload a picture',
  description:
    'Makes a one-time URL for a picture file too large to send as a data URL. PUT the file’s bytes there; the answer has the picture’s id for other tools.',
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: false, openWorldHint: false },
  // As load_image: whoever may only look must have something to look at.
  scope: 'look',
  inputSchema: z.strictObject({}),
  outputSchema: output,
  async handle(_input, { settings, principal }) {
    if (!settings.uploads) throw noUploads();
    const { url, expiresAt, maxBytes } = await settings.uploads.create(principal.scope);
    return {
      output: { url, method: 'PUT', expires_at: expiresAt, max_bytes: maxBytes } satisfies z.input<typeof output>,
      advice: `Send the file with: curl -sS -T PHOTO '${url}'. It works once, for ten minutes. Pass the "id" of its answer as "image".`,
    };
  },
});

const noUploads = (): AtelierError =>
  new AtelierError({
    code: 'capability-unavailable',
    message: 'This server takes no uploads.',
    hint: 'Give the picture by its path or URL.',
  });
