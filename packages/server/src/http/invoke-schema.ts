import { z } from '@hono/zod-openapi';
import { sessionIdSchema, textSchema } from './schemas.ts';

const pixels = z.number().min(-1e6).max(1e6);

/** A box, in pixels of the picture that the request is about. */
const protectBoxSchema = z.strictObject({
  x: pixels,
  y: pixels,
  width: z.number().positive().max(1e6),
  height: z.number().positive().max(1e6),
});

/** COCO's compressed run lengths. */
const rleSchema = z.strictObject({
  size: z.tuple([z.number().int().positive().max(100_000), z.number().int().positive().max(100_000)]),
  counts: z
    .string()
    .max(4_000_000)
    .regex(/^[0-o]*$/),
});

const protectSchema = z
  .array(z.union([z.enum(['faces', 'text']), z.strictObject({ phrase: textSchema(200) }), protectBoxSchema, rleSchema]))
  .max(32)
  .openapi('Protect', {
    description: 'What no edit may change: every face, every piece of text, a thing named by a phrase, a box, a mask.',
    example: ['faces', { phrase: 'the sign' }],
  });

/** Fields of an invocation, whether they come as JSON or as a form. */
const fields = {
  prompt: textSchema(10_000).meta({ example: 'Remove the cup on the left' }),
  session: sessionIdSchema.optional().meta({ description: 'To go on in a session. Default: a new one.' }),
  language: z.enum(['en', 'ko']).optional().meta({ description: "Of messages and answers. Default: the prompt's." }),
  approve: z
    .enum(['edits', 'never'])
    .optional()
    .meta({ description: 'Which tool calls wait for a yes (`waiting`, POST .../answer). Default: never.' }),
  protect: protectSchema.optional().meta({ description: 'Default: what the session protects.' }),
  maxSteps: z.int().min(1).max(200).optional().meta({ description: 'Most calls of the brain. Default: 40.' }),
  deadlineSeconds: z
    .int()
    .min(1)
    .max(604_800)
    .optional()
    .meta({ description: 'Seconds until the job fails with `deadline-exceeded`, waits for people included.' }),
};

export const invokeSchema = z
  .strictObject({
    ...fields,
    image: z.string().min(1).optional().meta({
      description:
        'Id of a stored picture, a data: URL, or an http(s) URL this server may fetch. Default: the current picture of the session.',
    }),
  })
  .openapi('Invoke');

/** What a form's text fields become before they are checked: numbers, JSON, and lists of words. */
const formSchema = z.strictObject({
  ...fields,
  maxSteps: z.preprocess(toNumber, fields.maxSteps),
  deadlineSeconds: z.preprocess(toNumber, fields.deadlineSeconds),
  protect: z.preprocess(toList, fields.protect),
});

export type InvokeFields = z.infer<typeof formSchema>;

/** Throws a zod error, which is answered as `invalid-input` with the paths. */
export const readFormFields = (form: Readonly<Record<string, string>>): InvokeFields =>
  // Browsers send the fields of a form that were left empty; the one that must be there is told to be empty.
  formSchema.parse(
    Object.fromEntries(Object.entries(form).filter(([name, value]) => value !== '' || name === 'prompt')),
  );

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

function toList(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (!value.trimStart().startsWith('[')) return value.split(',').map((word) => word.trim());
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** How a form looks in the OpenAPI document: it is read by `readMultipart`, not by the framework. */
export const invokeForm = {
  schema: {
    type: 'object' as const,
    required: ['prompt'],
    properties: {
      prompt: { type: 'string' as const, example: 'Remove the cup on the left' },
      image: { type: 'string' as const, format: 'binary', description: 'The picture file.' },
      session: { type: 'string' as const },
      language: { type: 'string' as const, enum: ['en', 'ko'] },
      approve: { type: 'string' as const, enum: ['edits', 'never'] },
      protect: {
        type: 'string' as const,
        description: 'Words with commas between them, or JSON.',
        example: 'faces,text',
      },
      maxSteps: { type: 'integer' as const },
      deadlineSeconds: { type: 'integer' as const },
    },
  },
};
