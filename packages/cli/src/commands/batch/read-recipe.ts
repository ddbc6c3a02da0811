import { readFile, stat } from 'node:fs/promises';
import type { Recipe } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { UsageError } from '../../usage-error.ts';

/** More is no recipe: those with masks of large pictures stay below it by far. */
const mostBytes = 64 * 2 ** 20;

/** Reads and checks a recipe before anything is done by it. Throws `not-found`, `not-allowed`, `invalid-input`. */
export async function readRecipe(path: string): Promise<Recipe> {
  const recipe = await parse(path, await readText(path));
  if (recipe.steps.length > 0) return recipe;
  throw new UsageError(`${path} has no steps`, 'atelier edit PHOTO "REQUEST" --recipe FILE writes one');
}

async function readText(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > mostBytes) throw noRecipe(path, 'it is too large');
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (AtelierError.isInstance(cause)) throw cause;
    const isMissing =
      cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
    throw new AtelierError({
      code: isMissing ? 'not-found' : 'not-allowed',
      message: isMissing ? `There is no file ${path}.` : `${path} cannot be read.`,
      hint: 'Name a recipe: atelier edit PHOTO "REQUEST" --recipe FILE writes one.',
      details: { path },
      cause,
    });
  }
}

async function parse(path: string, text: string): Promise<Recipe> {
  const { findOperation, parseParameters, recipeSchema } = await import('@atelier/sdk');
  const { z } = await import('zod');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw noRecipe(path, 'it is no JSON', cause);
  }
  const parsed = recipeSchema.safeParse(json);
  if (!parsed.success) throw noRecipe(path, z.prettifyError(parsed.error).replace(/\s+/g, ' '));
  // The same fault in every photo is better told once, before the first.
  for (const [index, step] of parsed.data.steps.entries()) {
    if (step.tool !== 'adjust_image') continue;
    try {
      parseParameters(findOperation(step.operation), step.parameters);
    } catch (cause) {
      if (!AtelierError.isInstance(cause)) throw cause;
      throw new AtelierError({
        ...cause.toJSON(),
        message: `${path}, step ${index + 1}: ${cause.message}`,
        details: { ...cause.details, path, step: index + 1 },
        cause,
      });
    }
  }
  return parsed.data;
}

const noRecipe = (path: string, why: string, cause?: unknown): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `${path} is no recipe: ${why}.`,
    hint: 'atelier edit PHOTO "REQUEST" --recipe FILE writes one.',
    details: { path },
    ...(cause === undefined ? {} : { cause }),
  });
