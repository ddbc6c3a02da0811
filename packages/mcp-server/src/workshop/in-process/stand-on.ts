import type { EditGraph, EditNode, Session } from '@atelier/sdk';

/** The edits that lead to one, itself included, by their ids. */
export function pathTo(nodes: readonly EditNode[], edit: string | null): ReadonlySet<string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path = new Set<string>();
  for (let node = byId.get(edit ?? ''); node && !path.has(node.id); node = byId.get(node.parent ?? ''))
    path.add(node.id);
  return path;
}

/**
 * Moves a session to the latest picture that rests on an edit, where it shows another one: whoever takes back an edit by its id
 * means that edit, whatever was looked at or done since. Nothing where the edit is unknown, or was just taken back.
 */
export async function standOn(session: Session, edit: string): Promise<void> {
  const graph = await session.graph();
  const place = placeOn(graph, edit);
  if (place !== undefined) await session.goTo(place);
}

function placeOn({ nodes, head, current }: EditGraph, edit: string): string | undefined {
  const node = nodes.find(({ id }) => id === edit);
  if (node === undefined || pathTo(nodes, head).has(edit)) return undefined;
  const isTakenBack = head === node.parent && current === node.receipt.before;
  return isTakenBack ? undefined : nodes.findLast(({ id }) => pathTo(nodes, id).has(edit))?.id;
}
