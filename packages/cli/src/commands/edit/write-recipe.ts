import type { Session } from '@atelier/sdk';
import { writeOutput } from '../../files/writable.ts';
import type { TextFile } from './edit-files.ts';

/** Writes what led to the session's picture as a recipe; undefined, and no file, where nothing did. */
export async function writeRecipe(file: TextFile, session: Session): Promise<TextFile | undefined> {
  const recipe = await session.recipe();
  if (recipe.steps.length === 0) return undefined;
  await writeOutput(file.path, file.shown, `${JSON.stringify(recipe, null, 2)}\n`);
  return file;
}
