import { createRoute } from '@hono/zod-openapi';
import { errorResponses } from '../http/schemas.ts';
import { busyResponse } from '../vision/vision-routes.ts';
import { callSchema, outcomeSchema, type ServedTool } from './call-schemas.ts';

/** The route of one tool: a path for each, so that generated clients know the input and the output of every one. */
export const toolRoute = (tool: ServedTool) =>
  createRoute({
    method: 'post',
    path: `/tools/${tool.name}`,
    tags: ['Tools'],
    summary: tool.title,
    description: `${tool.description}\n\nWaits for the result; closing the request stops the work.`,
    request: { body: { required: true, content: { 'application/json': { schema: callSchema(tool) } } } },
    responses: {
      200: {
        description:
          'Done; or, where several things fit, `needs: "choice"`: call again with the number of one as `choice`.',
        content: { 'application/json': { schema: outcomeSchema(tool) } },
      },
      ...busyResponse,
      ...errorResponses,
    },
  });
