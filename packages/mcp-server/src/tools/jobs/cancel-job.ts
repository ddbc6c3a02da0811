import { z } from 'zod';
import { mcpTool } from '../mcp-tool.ts';
import { jobOutputSchema } from './job-output.ts';
import { jobReply } from './job-reply.ts';

export const cancelJob = mcpTool({
  name: 'cancel_job',
  title: 'Cancel a job',
  description: 'Stops a job; edits made before stay made.',
  annotations: { readOnlyHint: false, idempotentHint: true, destructiveHint: false, openWorldHint: false },
  scope: 'edit',
  inputSchema: z.object({ job: z.string().min(1).max(200) }),
  outputSchema: jobOutputSchema,
  handle: async ({ job }, call) => jobReply(await call.workshop.jobs.cancel(job), call),
});
