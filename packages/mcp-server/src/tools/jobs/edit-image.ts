import { z } from 'zod';
import { appMeta } from '../../apps/app-meta.ts';
import type { JobView } from '../../jobs/job-board.ts';
import { type McpCall, mcpTool } from '../mcp-tool.ts';
import { pictureSchema, takePicture } from '../take-picture.ts';
import { handOver, pendingOf } from './ask-person.ts';
import { workOnJob } from './follow-job.ts';
import { editOutputSchema } from './job-output.ts';

/** What both ways to begin a task take. */
export const editInputSchema = z.object({
  prompt: z.string().min(1).max(10_000).describe("In the person's words"),
  image: pictureSchema.optional().describe("As in other tools. Default: the session's current one"),
  session: z.string().min(1).max(128).optional().describe('From an earlier result, to go on there'),
});

export const editAnnotations = {
  readOnlyHint: false,
  idempotentHint: false,
  destructiveHint: false,
  openWorldHint: false,
} as const;

/** Begins the job that a call asks for. */
export async function startJob(
  { prompt, image, session }: z.output<typeof editInputSchema>,
  call: McpCall,
): Promise<JobView> {
  const picture = image === undefined ? undefined : await takePicture(image, call, session);
  return call.workshop.jobs.start({ prompt, image: picture?.id, session });
}

export const editImage = mcpTool({
  name: 'edit_image',
  title: 'Edit a picture',
  description:
    'Carries out a whole request in words ("remove the cup and make the sky darker"): plans, edits, checks. Prefer it for several edits at once.',
  annotations: editAnnotations,
  scope: 'edit',
  inputSchema: editInputSchema,
  outputSchema: editOutputSchema,
  meta: appMeta,
  handle: async (input, call) => {
    const pending = pendingOf(call);
    if (pending) await handOver(pending, call);
    return workOnJob(pending?.job ?? (await startJob(input, call)).id, call);
  },
});
