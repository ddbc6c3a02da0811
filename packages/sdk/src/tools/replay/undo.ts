import { choiceNeeded } from '../../capabilities/vision.ts';
import { progressWithin } from '../../capabilities/vision-context.ts';
import { AtelierError } from '../../errors/atelier-error.ts';
import { findEdit, pathTo } from '../../history/edit-graph.ts';
import type { EditNode } from '../../history/session-record.ts';
import { runTool } from '../run-tool.ts';
import { choiceNeededSchema } from '../schemas.ts';
import type { ToolContext } from '../tool-context.ts';
import { Draft } from './draft.ts';
import { findEditTool } from './edit-tools.ts';
import { inputOn } from './find-again.ts';

/** Why a later edit could not be made again. */
export interface Stopped {
  readonly edit: string;
  readonly tool: string;
  readonly code: string;
  readonly message: string;
}

export interface Undone {
  /** Image id. */
  readonly image: string;
  readonly undone: string;
  readonly replayed: string[];
  readonly stopped?: Stopped;
}

/**
 * Takes one edit out of the path to `head` and makes the later ones again on the base it had. The session changes once, at
 * the end, from `head` to the result: run again with the same arguments it does the same, whether it had ended or not.
 */
export async function undoAndReplay(context: ToolContext, edit: string, head: string | null): Promise<Undone> {
  const { workspace } = context;
  const node = findEdit(workspace.edits, edit);
  const path = pathTo(workspace.edits, head);
  const place = path.findIndex(({ id }) => id === edit);
  if (place === -1) return alreadyUndone(context, node, path);
  const base = node.receipt.before;
  const draft = new Draft(workspace, { head: node.parent, current: base });
  const stopped = await replay(context, draft, path.slice(place + 1), base);
  const image = draft.nodes.at(-1)?.receipt.after ?? base;
  const to = { head: draft.head, current: image };
  const { nodes, images, protections } = draft;
  await workspace.settle({ from: head, to, edits: nodes, images, protections });
  return { image, undone: edit, replayed: draft.nodes.map(({ id }) => id), ...(stopped ? { stopped } : {}) };
}

/** Undone twice, it stays undone: where the path goes past it, with nothing on top but repetitions of what came after it. */
function alreadyUndone({ workspace }: ToolContext, node: EditNode, path: readonly EditNode[]): Undone {
  const place = path.findIndex(({ id }) => id === node.parent);
  const rest = path.slice(place + 1);
  const restsOnBase = node.parent === null || place !== -1;
  const image = rest.at(-1)?.receipt.after ?? node.receipt.before;
  const after = ({ replays }: EditNode) =>
    replays !== undefined && pathTo(workspace.edits, replays).some(({ id }) => id === node.id);
  if (restsOnBase && rest.every(after) && workspace.current === image) {
    return { image, undone: node.id, replayed: rest.map(({ id }) => id) };
  }
  throw new AtelierError({
    code: 'not-found',
    message: `The current picture does not rest on edit ${node.id}: there is nothing to undo.`,
  });
}

/** Makes the edits again, one on top of the other, up to the first that does not apply; says why it does not. */
async function replay(
  context: ToolContext,
  draft: Draft,
  edits: readonly EditNode[],
  first: string,
): Promise<Stopped | undefined> {
  let base = first;
  for (const [index, edit] of edits.entries()) {
    const progress = progressWithin(context.progress, index / edits.length, (index + 1) / edits.length);
    draft.repeat(edit);
    try {
      await repeat({ ...context, progress, workspace: draft }, edit, base);
    } catch (error) {
      if (context.signal?.aborted || !AtelierError.isInstance(error) || isPassing(error)) throw error;
      return { edit: edit.id, tool: edit.tool, code: error.code, message: error.message };
    }
    progress?.(1);
    base = draft.nodes.at(-1)?.receipt.after ?? base;
  }
  return undefined;
}

/** A server that is away says nothing about the edit: the whole call fails, and may be tried again. */
const isPassing = (error: AtelierError): boolean => error.isRetryable || error.code === 'cancelled';

async function repeat(context: ToolContext, edit: EditNode, base: string): Promise<void> {
  const input = await inputOn(context, edit, await context.library.getImage(base, context.signal));
  const output = await runTool(findEditTool(edit.tool), input, context);
  const choice = choiceNeededSchema.safeParse(output);
  if (choice.success) throw choiceNeeded(choice.data);
}
