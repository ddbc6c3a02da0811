import type { Library } from '../../assets/library.ts';
import { AtelierError } from '../../errors/atelier-error.ts';
import {
  type Recipe,
  type RecipeProtectRule,
  type RecipeStep,
  type RecipeTarget,
  recipeStepSchema,
} from '../../history/recipe.ts';
import type { EditNode, ProtectRule } from '../../history/session-record.ts';
import { boxSchema, type Size } from '../../image/geometry.ts';

/**
 * The edits of a path as a recipe. What was cut out from words becomes the words; what a person chose among several is not
 * kept, since a number means nothing in another picture.
 */
export async function writeRecipe(
  library: Library,
  path: readonly EditNode[],
  protect: readonly ProtectRule[],
): Promise<Recipe> {
  const steps: RecipeStep[] = [];
  for (const edit of path) steps.push(await toStep(library, edit));
  const rules: RecipeProtectRule[] = [];
  for (const rule of protect) rules.push(await toRule(library, rule, path));
  return { format: 'atelier-recipe', version: 1, protect: rules, steps };
}

async function toStep(library: Library, edit: EditNode): Promise<RecipeStep> {
  const { image: _image, phrase: _phrase, mask: _mask, box: _box, choice: _choice, ...own } = edit.input;
  const target = await toTarget(library, edit);
  const step = recipeStepSchema.safeParse({ tool: edit.tool, ...(target ? { target } : {}), ...own });
  if (step.success) return step.data;
  throw new AtelierError({
    code: 'invalid-input',
    message: `The edit ${edit.id} (${edit.tool}) cannot be written into a recipe.`,
    hint: 'Recipes hold edits of remove_object, inpaint_image and adjust_image.',
    cause: step.error,
  });
}

async function toTarget(library: Library, { input, target, receipt }: EditNode): Promise<RecipeTarget | undefined> {
  const { mask, phrase, box } = input;
  if (typeof mask === 'string') {
    const stored = await library.getMask(mask);
    const words = [...new Set(stored.things.map((thing) => thing.phrase))];
    // Cut out from several phrases, it is no one phrase's: then the pixels say it better.
    if (words.length === 1 && words[0] !== '') return { phrase: words[0] };
    return { mask: stored.mask.toRle() };
  }
  if (typeof phrase === 'string') return { phrase };
  const given = boxSchema.safeParse(box);
  if (!given.success) return undefined;
  return { box: given.data, size: target?.size ?? sizeOf(await library.getImage(receipt.before)) };
}

async function toRule(library: Library, rule: ProtectRule, path: readonly EditNode[]): Promise<RecipeProtectRule> {
  if (typeof rule === 'string' || 'phrase' in rule) return rule;
  if ('mask' in rule) return { mask: (await library.getMask(rule.mask)).mask.toRle() };
  if (rule.size) return { box: rule.box, size: rule.size };
  // Stored before boxes kept the size of their picture.
  const [first] = path;
  if (first) return { box: rule.box, size: first.target?.size ?? sizeOf(await library.getImage(first.receipt.before)) };
  throw new AtelierError({
    code: 'invalid-input',
    message: 'A protected box needs a picture to be a part of: nothing was edited yet.',
    hint: 'Write the recipe after the first edit.',
  });
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height });
