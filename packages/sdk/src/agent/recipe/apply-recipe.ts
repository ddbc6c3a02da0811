import { z } from 'zod';
import type { Library } from '../../assets/library.ts';
import { choiceNeeded } from '../../capabilities/vision.ts';
import { progressWithin } from '../../capabilities/vision-context.ts';
import { AtelierError } from '../../errors/atelier-error.ts';
import { currentOf, findEdit } from '../../history/edit-graph.ts';
import { type Recipe, type RecipeStep, type RecipeTarget, recipeSchema } from '../../history/recipe.ts';
import type { ProtectRule } from '../../history/session-record.ts';
import { cancelled } from '../../image/abort.ts';
import type { Size } from '../../image/geometry.ts';
import { Mask } from '../../image/mask.ts';
import { findEditTool } from '../../tools/replay/edit-tools.ts';
import { checkInput, runTool } from '../../tools/run-tool.ts';
import { choiceNeededSchema, editOutputSchema } from '../../tools/schemas.ts';
import type { ToolContext } from '../../tools/tool-context.ts';
import type { ApplyResult } from '../session-results.ts';
import type { SessionState } from '../session-state.ts';

/** A recipe, checked. Throws `invalid-input`, naming each fault. */
export function parseRecipe(recipe: unknown): Recipe {
  const parsed = recipeSchema.safeParse(recipe);
  if (parsed.success) return parsed.data;
  throw new AtelierError({
    code: 'invalid-input',
    message: `This is no recipe: ${z.prettifyError(parsed.error)}`,
    hint: "session.recipe() writes recipes: { format: 'atelier-recipe', version: 1, protect: [], steps: [...] }.",
  });
}

/**
 * Does the steps to the session's current picture, one on top of the other. A step that fails ends it: the error says which
 * (`details.step`, from 1), and the edits before it stay made.
 */
export async function applyRecipe(state: SessionState, context: ToolContext, recipe: Recipe): Promise<ApplyResult> {
  const { library } = state;
  const first = await library.getImage(currentOf(state.record), context.signal);
  const rules = await rulesOf(recipe, library, first);
  await checkSteps(recipe, first.id);
  await state.addProtect(rules);
  const made = await runSteps(context, recipe, first.id);
  const edits = made.map((id) => findEdit(state.edits, id));
  const image = await library.getImage(edits.at(-1)?.receipt.after ?? first.id);
  return { image, edits, verified: edits.every(({ verified }) => verified.ok) };
}

/** What the recipe protects, as a session keeps it. Throws `mask-invalid` for boxes and masks of pictures of another size. */
async function rulesOf(recipe: Recipe, library: Library, picture: Size): Promise<ProtectRule[]> {
  const rules: ProtectRule[] = [];
  for (const rule of recipe.protect) {
    if (typeof rule === 'string' || 'phrase' in rule) rules.push(rule);
    else {
      checkSize(rule, picture);
      rules.push('box' in rule ? rule : { mask: await library.putMask(Mask.fromRle(rule.mask)) });
    }
  }
  return rules;
}

/** Better before the first step than after the last: a misspelt parameter is no reason for half of the work. */
async function checkSteps({ steps }: Recipe, first: string): Promise<void> {
  for (const [index, step] of steps.entries()) {
    await atStep(steps, index, async () => checkInput(findEditTool(step.tool), { image: first, ...ownOf(step) }));
  }
}

/** Returns the ids of the edits. */
async function runSteps(context: ToolContext, { steps }: Recipe, first: string): Promise<string[]> {
  const edits: string[] = [];
  let image = first;
  for (const [index, step] of steps.entries()) {
    const progress = progressWithin(context.progress, index / steps.length, (index + 1) / steps.length);
    const done = await atStep(steps, index, () => runStep({ ...context, progress }, step, image));
    progress?.(1);
    edits.push(done.edit);
    image = done.image;
  }
  return edits;
}

async function runStep(context: ToolContext, step: RecipeStep, image: string) {
  const { library, signal } = context;
  if (signal?.aborted) throw cancelled(signal.reason);
  if (step.target) checkSize(step.target, await library.getImage(image, signal));
  const target = await toInput(library, step.target);
  const output = await runTool(findEditTool(step.tool), { image, ...ownOf(step), ...target }, context);
  const choice = choiceNeededSchema.safeParse(output);
  if (choice.success) throw choiceNeeded(choice.data);
  return editOutputSchema.parse(output);
}

/** The tool's own parameters. */
function ownOf({ tool: _tool, target: _target, ...own }: RecipeStep): Readonly<Record<string, unknown>> {
  return own;
}

async function toInput(library: Library, target: RecipeTarget | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (!target) return {};
  if ('phrase' in target) return { phrase: target.phrase };
  if ('box' in target) return { box: target.box };
  return { mask: await library.putMask(Mask.fromRle(target.mask)) };
}

function checkSize(target: RecipeTarget, picture: Size): void {
  if ('phrase' in target) return;
  const made = 'box' in target ? target.size : { width: target.mask.size[1], height: target.mask.size[0] };
  if (made.width === picture.width && made.height === picture.height) return;
  throw new AtelierError({
    code: 'mask-invalid',
    message: `The recipe's ${'box' in target ? 'box' : 'mask'} is of a picture of ${made.width} x ${made.height}; this one measures ${picture.width} x ${picture.height}.`,
    hint: 'Name the thing in words: they fit pictures of any size.',
  });
}

async function atStep<Value>(steps: readonly RecipeStep[], index: number, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!AtelierError.isInstance(error) || error.code === 'cancelled') throw error;
    const { tool } = steps[index];
    const step = index + 1;
    throw new AtelierError({
      ...error.toJSON(),
      message: `Step ${step} of ${steps.length} (${tool}): ${error.message}`,
      details: { ...error.details, step, tool },
      cause: error,
    });
  }
}
