import { squares, squaresOn } from '../../capabilities/__fixtures__/squares.ts';
import { AtelierError } from '../../errors/atelier-error.ts';
import type { Image } from '../../image/image.ts';
import type { ToolName } from '../../tools/schemas.ts';
import { findTool } from '../../tools/tools.ts';
import { type AtelierOptions, atelier } from '../atelier.ts';
import type { Session } from '../session.ts';

/** Two red squares, a blue and a green one, on grey: small, so that many edits take little time. */
export const smallPicture = (): Promise<Image> =>
  squaresOn(64, 48, [
    { colour: 'red', x: 4, y: 5, side: 9 },
    { colour: 'red', x: 44, y: 6, side: 10 },
    { colour: 'blue', x: 24, y: 28, side: 9 },
    { colour: 'green', x: 46, y: 30, side: 8 },
  ]);

const boxes = { left: { x: 4, y: 5, width: 9, height: 9 }, below: { x: 24, y: 28, width: 9, height: 9 } };

interface Attempt {
  readonly tool: ToolName;
  readonly input: Readonly<Record<string, unknown>>;
  /** Words that a mask is cut out from first. */
  readonly cut?: string;
}

/** Edits by words, boxes, masks and of the whole picture; some change what others are about, some do not apply everywhere. */
export const attempts: readonly Attempt[] = [
  { tool: 'remove_object', input: { box: boxes.left } },
  { tool: 'remove_object', input: { phrase: 'the left red square' } },
  { tool: 'remove_object', input: { phrase: 'the red square' } },
  { tool: 'remove_object', input: { phrase: 'the red square', choice: 1, seed: 4 } },
  { tool: 'inpaint_image', input: { box: boxes.below, prompt: 'a green square', seed: 3 } },
  { tool: 'inpaint_image', input: { phrase: 'the green square', choice: 1, prompt: 'a red square' } },
  { tool: 'adjust_image', input: { phrase: 'the blue square', operation: 'fill', parameters: { colour: 'yellow' } } },
  { tool: 'adjust_image', input: { phrase: 'all red squares', operation: 'fill', parameters: { colour: 'black' } } },
  { tool: 'adjust_image', input: { region: 'everything', operation: 'brighten', parameters: { amount: 0.1 } } },
  {
    tool: 'adjust_image',
    input: { operation: 'pixelate', parameters: { block: 3 }, region: 'background', box: boxes.below },
  },
  { tool: 'adjust_image', input: { operation: 'fill', parameters: { colour: 'white' } }, cut: 'the bottom square' },
  { tool: 'remove_object', input: {}, cut: 'the green square' },
  { tool: 'adjust_image', input: { phrase: 'all squares', operation: 'crop', parameters: { margin: 0.05 } } },
];

/** One thing a person does to a session; numbers choose among what is there, wrapping round. */
export type HistoryCommand =
  | { readonly kind: 'edit'; readonly attempt: number }
  /** `back`: how many edits before the latest. */
  | { readonly kind: 'undo'; readonly back: number; readonly later: 'keep' | 'drop' }
  | { readonly kind: 'goTo'; readonly node: number }
  | { readonly kind: 'branch'; readonly node: number };

export const openSession = (id: string, stores: Pick<AtelierOptions, 'assets' | 'history'>, image?: Image): Session =>
  atelier({ backends: [squares()], ...stores }).session({ id, ...(image ? { image } : {}) });

/** Returns the id of the session to go on with and what happened, as text: the same on every store. */
export async function perform(
  session: Session,
  command: HistoryCommand,
): Promise<{ readonly id: string; readonly told: string }> {
  try {
    if (command.kind === 'edit') return { id: session.id, told: await performEdit(session, command.attempt) };
    const { nodes } = await session.graph();
    if (command.kind === 'undo') {
      const path = await session.history();
      const node = path[path.length - 1 - (command.back % Math.max(1, path.length))];
      const { image, replayed, stopped } = await session.undo(node?.id, { later: command.later });
      const told = [image.id, ...replayed.map(({ id }) => id), stopped?.edit, stopped?.code];
      return { id: session.id, told: told.join(' ') };
    }
    // One more than there are edits: null, the picture as it came.
    const to = nodes[command.node % (nodes.length + 1)]?.id ?? null;
    if (command.kind === 'goTo') return { id: session.id, told: (await session.goTo(to)).id };
    const branched = await session.branch({ at: to, id: `${session.id}_${nodes.length}_${command.node}` });
    return { id: branched.id, told: `branch ${(await branched.image())?.id}` };
  } catch (error) {
    if (AtelierError.isInstance(error)) return { id: session.id, told: error.code };
    throw error;
  }
}

async function performEdit(session: Session, number: number): Promise<string> {
  const { tool, input, cut } = attempts[number % attempts.length];
  const image = (await session.graph()).current ?? '';
  const found = cut === undefined ? undefined : await session.call('segment_object', { image, phrase: cut });
  if (found && !('mask' in found)) return found.reason;
  const output = await callAny(session, tool, { image, ...input, ...(found ? { mask: found.mask } : {}) });
  return JSON.stringify(output);
}

/** Calls a tool with an input that was written down: its schema checks it. */
export const callAny = (session: Session, tool: string, input: unknown): Promise<unknown> =>
  // Histories name tools that exist: `findTool` throws for others.
  session.callTool(findTool(tool as ToolName), input, {});
