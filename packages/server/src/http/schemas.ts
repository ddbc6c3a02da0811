import { safeNamePattern } from '@atelier/sdk';
import { z } from '@hono/zod-openapi';
import { stageSchema } from './edit-schemas.ts';

/**
 * Text from outside, 1 to `longest` characters and not only spaces. Postgres stores neither NUL nor half a surrogate pair.
 */
export const textSchema = (longest: number) =>
  z
    .string()
    .min(1, 'is empty')
    .max(longest, `has more than ${longest} characters`)
    .refine((text) => !/\0|\p{Cs}/u.test(text), 'has a NUL character, or is not well-formed Unicode')
    .refine((text) => text.trim() !== '', 'is blank')
    .meta({ pattern: '^[^\\u0000]*$' });

const problemSchema = z.object({
  code: z.string().meta({ example: 'invalid-input', description: 'Stable. Programs may branch on it.' }),
  message: z.string().meta({ description: 'What was wrong.' }),
  hint: z.string().optional().meta({ description: 'What to do about it.' }),
  details: z.record(z.string(), z.unknown()).optional().meta({ description: 'Facts a program can use.' }),
});

/** The `error` of a job that failed. */
export const jobErrorSchema = problemSchema.openapi('JobError');

/** Every answer that is not a success. */
export const errorSchema = z
  .object({
    error: problemSchema.extend({ requestId: z.string().meta({ description: 'Names the request in the logs.' }) }),
  })
  .openapi('Error');

/** For `responses` of routes: whatever goes wrong is answered in one form. */
export const errorResponses = {
  default: {
    description: 'It did not work: see `error.code`.',
    content: { 'application/json': { schema: errorSchema } },
  },
} as const;

/** `job_` and what the service makes of it; checked for form so that nothing else reaches the database. */
export const jobIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/)
  .openapi({ param: { name: 'id', in: 'path' }, example: 'job_4f1c2b7a9d3e48c6a5b0d1e2f3a4b5c6' });

export const imageIdSchema = z
  .string()
  .regex(/^img_[0-9a-f]{32}$/)
  .meta({ example: 'img_9f86d081884c7d659a2feaa0c55ad015' });

/** What the SDK's stores take as the name of a session. */
export const sessionIdSchema = z
  .string()
  .regex(safeNamePattern)
  .meta({ example: 'session_4f1c2b7a9d3e48c6a5b0d1e2f3a4b5c6' });

/** A picture that is stored. */
export const imageInfoSchema = z
  .object({
    id: imageIdSchema,
    width: z.number().int(),
    height: z.number().int(),
    mediaType: z.string().meta({ example: 'image/png' }),
    bytes: z.number().int(),
    url: z.string().meta({ description: 'Signed, read-only, valid for an hour.' }),
  })
  .openapi('Image');

/** Fields that all stored events share. */
export const eventHeadSchema = z.object({
  at: z.string().meta({ description: 'ISO 8601' }),
  stage: stageSchema,
  progress: z.number().meta({ description: '0..100, never falling.' }),
  message: z.string().meta({ description: "For the person, in the job's language." }),
});

/** How lists are asked for, newest first. */
export const pageQuery = (limit: number) => ({
  limit: z.coerce.number().int().min(1).max(100).default(limit).openapi({ type: 'integer' }),
  cursor: textSchema(400).optional().meta({ description: '`next` of the page before.' }),
});

/** The `next` of a list. */
export const nextSchema = z
  .string()
  .nullable()
  .meta({ description: '`cursor` of the next page; null on the last one.' });
