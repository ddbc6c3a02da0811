import { createRoute, type z } from '@hono/zod-openapi';
import { errorResponses } from '../http/schemas.ts';
import { askAnswer, detectAnswer, editAnswer, generateAnswer, segmentAnswer } from './answer-schemas.ts';
import {
  adjustRequest,
  askRequest,
  detectRequest,
  generateRequest,
  inpaintRequest,
  removeRequest,
  segmentRequest,
} from './request-schemas.ts';

const form = {
  schema: {
    type: 'object' as const,
    description: 'The fields of the JSON request; those that are no text as JSON.',
    required: ['image'],
    properties: { image: { type: 'string' as const, format: 'binary', description: 'The picture file.' } },
    additionalProperties: { type: 'string' as const },
  },
};

/** What a line that is full answers. */
export const busyResponse = {
  503: {
    description: 'Too many calls wait already: try again after `Retry-After` seconds.',
    headers: { 'Retry-After': { schema: { type: 'integer' as const }, description: 'Seconds.' } },
    content: errorResponses.default.content,
  },
};

const onPicture = <Path extends string, Request extends z.ZodObject, Answer extends z.ZodType>(
  path: Path,
  summary: string,
  request: Request,
  answer: Answer,
) =>
  createRoute({
    method: 'post',
    path,
    tags: ['Vision'],
    summary,
    description:
      'Waits for the result; closing the request stops the work. For pictures that are sent along or stored.',
    request: { body: { content: { 'application/json': { schema: request }, 'multipart/form-data': form } } },
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: answer } } },
      ...busyResponse,
      ...errorResponses,
    },
  });

export const postDetect = onPicture('/vision/detect', 'Find things by words', detectRequest, detectAnswer);
export const postSegment = onPicture('/vision/segment', 'Cut out a thing', segmentRequest, segmentAnswer);
export const postAsk = onPicture('/vision/ask', 'Answer a question about a picture', askRequest, askAnswer);
export const postRemove = onPicture('/vision/remove', 'Take a thing away', removeRequest, editAnswer);
export const postInpaint = onPicture('/vision/inpaint', 'Repaint a thing from words', inpaintRequest, editAnswer);
export const postAdjust = onPicture('/vision/adjust', 'Change how a thing looks', adjustRequest, editAnswer);

export const postGenerate = createRoute({
  method: 'post',
  path: '/vision/generate',
  tags: ['Vision'],
  summary: 'Paint a new picture from words',
  description: 'Waits for the result; closing the request stops the work.',
  request: { body: { required: true, content: { 'application/json': { schema: generateRequest } } } },
  responses: {
    200: { description: 'Done.', content: { 'application/json': { schema: generateAnswer } } },
    ...busyResponse,
    ...errorResponses,
  },
});
