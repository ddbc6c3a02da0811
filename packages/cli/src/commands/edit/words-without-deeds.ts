import type { PlannedStep, RunResult } from '@atelier/sdk';

/** Tools that leave another picture behind. */
const changing: ReadonlySet<string> = new Set<PlannedStep['tool']>([
  'remove_object',
  'inpaint_image',
  'adjust_image',
  'generate_image',
  'undo_edit',
]);

/**
 * Whether a brain that is not ours may only say that something was done: it planned no change and made none, and the built-in
 * planner, which reads the request too, finds that one was asked for.
 */
export async function isWordsAlone(
  { changed, edits, notDone }: Pick<RunResult, 'changed' | 'edits' | 'notDone'>,
  plan: readonly PlannedStep[],
  request: string,
): Promise<boolean> {
  if (changed || edits.length > 0 || notDone.length > 0) return false;
  // What depends on what is found, or was done and taken back, may well end with the picture as it was.
  if (plan.some(({ tool }) => changing.has(tool))) return false;
  const { planRequest } = await import('@atelier/local');
  return planRequest(request).steps.some(({ tool }) => changing.has(tool));
}
