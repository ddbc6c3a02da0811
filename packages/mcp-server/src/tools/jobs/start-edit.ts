import { mcpTool } from '../mcp-tool.ts';
import { editAnnotations, editInputSchema, startJob } from './edit-image.ts';
import { jobOutputSchema } from './job-output.ts';
import { jobReply } from './job-reply.ts';

export const startEdit = mcpTool({
  name: 'start_edit',
  title: 'Start an edit',
  description: 'Like edit_image, but returns a job at once: for long work.',
  annotations: editAnnotations,
  scope: 'edit',
  inputSchema: editInputSchema,
  outputSchema: jobOutputSchema,
  handle: async (input, call) => jobReply(await startJob(input, call), call),
});
