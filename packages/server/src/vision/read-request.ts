import { AtelierError } from '@atelier/sdk/errors';
import type { z } from 'zod';
import { errorOfIssues } from '../http/errors.ts';
import { readJson } from '../http/json-body.ts';
import type { AppContext } from '../http/route-context.ts';
import type { ImageRequest } from '../images/intake.ts';
import { isMultipart, readMultipart } from '../images/multipart.ts';

/** A request with its picture taken out. */
export interface VisionRequest<Input> {
  readonly image: ImageRequest;
  readonly input: Input;
}

/**
 * JSON that fits the schema, or a form: the file named `image` and the same fields as text, those that are no text as JSON.
 * Throws `invalid-input`.
 */
export async function readVisionRequest<Schema extends z.ZodObject>(
  c: AppContext,
  schema: Schema,
): Promise<VisionRequest<z.output<Schema>>> {
  if (isMultipart(c.req.raw.headers)) return readForm(c, schema);
  const input = await readJson(c, schema);
  if (typeof input.image !== 'string') throw noImage();
  return { image: { reference: input.image }, input };
}

async function readForm<Schema extends z.ZodObject>(
  c: AppContext,
  schema: Schema,
): Promise<VisionRequest<z.output<Schema>>> {
  const { image, fields } = await readMultipart(c.req.raw, c.get('services').settings.limits);
  if (!image) throw noImage();
  const values = Object.entries(fields).map(([name, text]) => [name, fieldValue(schema.shape[name], text)]);
  // The picture's own field is checked where it is taken in: here it only has to be there.
  const parsed = schema.safeParse({ ...Object.fromEntries(values), image: 'the file of the form' });
  if (!parsed.success) throw errorOfIssues(parsed.error, 'form');
  return { image, input: parsed.data };
}

/** A field as its schema takes it: the text itself, the text as JSON, or a list of this one thing. */
function fieldValue(schema: z.core.$ZodType | undefined, text: string): unknown {
  const readings = [text, ...fromJson(text), [text]];
  const fits = (value: unknown): boolean => schema !== undefined && isType(schema) && schema.safeParse(value).success;
  // What fits in no reading is refused by the schema in the form that is closest to what was meant.
  return readings.find(fits) ?? readings[1];
}

const isType = (schema: z.core.$ZodType): schema is z.ZodType => 'safeParse' in schema;

function fromJson(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [text];
  }
}

const noImage = (): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: 'The request has no picture.',
    hint: 'Send a file named image, or name a picture: {"image": "img_..."}.',
  });
