import type { McpTool } from '../mcp-tool.ts';
import { answerJob } from './answer-job.ts';
import { cancelJob } from './cancel-job.ts';
import { editImage } from './edit-image.ts';
import { jobStatus } from './job-status.ts';
import { startEdit } from './start-edit.ts';

/** A whole task in a person's words, done by the agent: at once, or as a job to come back to. */
export const jobTools: readonly McpTool[] = [editImage, startEdit, jobStatus, answerJob, cancelJob];
