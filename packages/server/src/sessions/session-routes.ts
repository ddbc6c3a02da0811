import { recipeSchema } from '@atelier/sdk';
import { createRoute } from '@hono/zod-openapi';
import { errorResponses } from '../http/schemas.ts';
import {
  branchRequestSchema,
  gotoRequestSchema,
  historySchema,
  sessionParam,
  sessionSchema,
  undoneSchema,
  undoRequestSchema,
} from './session-schemas.ts';

const about = { tags: ['Sessions'], request: { params: sessionParam } };

export const getSession = createRoute({
  ...about,
  method: 'get',
  path: '/sessions/{id}',
  summary: 'A session: its pictures, where it is, and the job at work',
  responses: {
    200: { description: 'The session.', content: { 'application/json': { schema: sessionSchema } } },
    ...errorResponses,
  },
});

export const getHistory = createRoute({
  ...about,
  method: 'get',
  path: '/sessions/{id}/history',
  summary: 'Every edit of a session as a graph, with receipts and previews',
  responses: {
    200: { description: 'The graph.', content: { 'application/json': { schema: historySchema } } },
    ...errorResponses,
  },
});

export const postUndo = createRoute({
  ...about,
  method: 'post',
  path: '/sessions/{id}/undo',
  summary: 'Take an edit back, keeping later ones',
  description: 'Later edits are made again without it, up to the first that no longer applies. Nothing is deleted.',
  request: { params: sessionParam, body: { content: { 'application/json': { schema: undoRequestSchema } } } },
  responses: {
    200: {
      description: 'The session afterwards, and what became of later edits.',
      content: { 'application/json': { schema: undoneSchema } },
    },
    ...errorResponses,
  },
});

export const postGoto = createRoute({
  ...about,
  method: 'post',
  path: '/sessions/{id}/goto',
  summary: 'Move to what an edit showed, also on another branch',
  request: {
    params: sessionParam,
    body: { required: true, content: { 'application/json': { schema: gotoRequestSchema } } },
  },
  responses: {
    200: { description: 'The session afterwards.', content: { 'application/json': { schema: sessionSchema } } },
    ...errorResponses,
  },
});

export const postBranch = createRoute({
  ...about,
  method: 'post',
  path: '/sessions/{id}/branch',
  summary: 'A new session that goes on from an edit by itself',
  request: { params: sessionParam, body: { content: { 'application/json': { schema: branchRequestSchema } } } },
  responses: {
    201: {
      description: 'The new session.',
      headers: { Location: { schema: { type: 'string' }, description: 'Path of the new session.' } },
      content: { 'application/json': { schema: sessionSchema } },
    },
    ...errorResponses,
  },
});

export const getRecipe = createRoute({
  ...about,
  method: 'get',
  path: '/sessions/{id}/recipe',
  summary: 'The edits that led to the current picture, ready to be done to others',
  responses: {
    200: { description: 'The recipe.', content: { 'application/json': { schema: recipeSchema } } },
    ...errorResponses,
  },
});
