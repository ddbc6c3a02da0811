import { AtelierError } from '@atelier/sdk/errors';
import type { z } from 'zod';
import { errorOfIssues, withStatus } from './errors.ts';
import type { AppContext } from './route-context.ts';

const isJson = (type: string): boolean => /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type);

/** The body as JSON that fits the schema, for routes that take several types of body. Throws `invalid-input` with the paths. */
export async function readJson<Schema extends z.ZodType>(c: AppContext, schema: Schema): Promise<z.infer<Schema>> {
  if (!isJson(c.req.header('content-type') ?? '')) throw otherType();
  const result = schema.safeParse(await parse(c));
  if (!result.success) throw errorOfIssues(result.error, 'json');
  return result.data;
}

async function parse(c: AppContext): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text());
  } catch (cause) {
    throw new AtelierError({ code: 'invalid-input', message: 'The body is not JSON.', cause });
  }
}

const otherType = (): AtelierError =>
  withStatus(
    new AtelierError({
      code: 'invalid-input',
      message: 'The body has a type that this route does not take.',
      hint: 'Send JSON with "Content-Type: application/json", or a form: curl -F image=@photo.jpg -F prompt="...".',
    }),
    415,
  );
