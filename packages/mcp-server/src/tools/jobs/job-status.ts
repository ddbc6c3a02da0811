import { z } from 'zod';
import { mcpTool } from '../mcp-tool.ts';
import { watchJob } from './follow-job.ts';
import { jobOutputSchema } from './job-output.ts';
import { jobReply } from './job-reply.ts';

export const jobStatus = mcpTool({
  name: 'job_status',
  title: 'Look at a job',
  description: 'How far a job is, what it waits for, or its result.',
  annotations: { readOnlyHint: true, idempotentHint: true, destructiveHint: false, openWorldHint: false },
  scope: 'look',
  inputSchema: z.object({
    job: z.string().min(1).max(200),
    wait_seconds: z.number().min(0).max(50).default(0).describe('Waits so long for its end'),
  }),
  outputSchema: jobOutputSchema,
  handle: async (input, call) => jobReply(await watchJob(input.job, call, input.wait_seconds * 1000), call),
});
