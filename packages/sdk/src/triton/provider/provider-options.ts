import { InvalidArgumentError, type SharedV4ProviderOptions } from '@ai-sdk/provider';
import type { z } from 'zod';
import { providerName } from './provider-context.ts';

/**
 * Our part of `providerOptions`, checked; empty where there is none. Every option of the schema describes what it may be, as
 * the end of "must be ...". Throws `InvalidArgumentError` with the option's name and that.
 */
export function readProviderOptions<Schema extends z.ZodObject>(
  providerOptions: SharedV4ProviderOptions | undefined,
  schema: Schema,
): Partial<z.infer<Schema>> {
  const given: unknown = providerOptions?.[providerName] ?? {};
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const path = `providerOptions.${providerName}`;
  const [issue] = read.error.issues;
  const known = Object.keys(schema.shape).join(', ');
  const option = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
  if (option === undefined) {
    throw invalid(path, `${path} must be an object with options: ${known}.`, read.error);
  }
  const argument = `${path}.${String(option)}`;
  const field = Object.hasOwn(schema.shape, option) ? schema.shape[String(option)] : undefined;
  if (!field) throw invalid(argument, `${argument} is not an option of this model. It has: ${known}.`, read.error);
  // The published type of a shape's fields is wider than what zod.object takes.
  const { description = 'something else' } = field as z.ZodType;
  throw invalid(argument, `${argument} must be ${description}.`, read.error);
}

const invalid = (argument: string, message: string, cause: unknown): InvalidArgumentError =>
  new InvalidArgumentError({ argument, message, cause });
