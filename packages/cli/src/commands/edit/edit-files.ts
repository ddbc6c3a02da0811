import { dirname } from 'node:path';
import { checkOutput, freeName, type OutputFile } from '../../files/output-file.ts';
import type { PictureSource } from '../../files/picture-source.ts';
import { UsageError } from '../../usage-error.ts';
import { checkRecipeFile } from './check-recipe-file.ts';
import type { EditRequest } from './edit-request.ts';

/** A file of text that will be written, known to be writable. */
export interface TextFile {
  /** As the person wrote it. */
  readonly shown: string;
  /** Absolute. */
  readonly path: string;
}

/** The files that an edit writes. */
export interface EditFiles {
  readonly output: OutputFile;
  readonly overlay: OutputFile | undefined;
  readonly recipe: TextFile | undefined;
  /** Where the numbered picture lies while a person is asked, without `--overlay`. */
  temporaryOverlay(): Promise<OutputFile>;
}

/** Checks before any work that they can be written. Throws `UsageError`, `output-not-writable`. */
export async function checkEditFiles(wanted: EditRequest, picture: PictureSource): Promise<EditFiles> {
  const output = await checkOutput(wanted.output ?? (await freeName(picture.name, 'edited')), picture);
  const overlay = wanted.overlay === undefined ? undefined : await checkOutput(wanted.overlay, picture);
  if (overlay?.path === output.path) throw new UsageError('--overlay and --output name the same file');
  const recipe = wanted.recipe === undefined ? undefined : await checkRecipeFile(wanted.recipe, picture);
  if (recipe && [output.path, overlay?.path].includes(recipe.path)) {
    throw new UsageError('--recipe and a picture name the same file', 'for example --recipe recipe.json');
  }
  return {
    output,
    overlay,
    recipe,
    temporaryOverlay: async () => checkOutput(await freeName(picture.name, 'which', dirname(output.shown)), picture),
  };
}
