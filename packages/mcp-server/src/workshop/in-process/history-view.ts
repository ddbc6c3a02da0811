import type { EditGraph, EditNode } from '@atelier/sdk';
import type { SessionHistoryView } from '../workshop.ts';

/** A session's graph without what only programs need. */
export function historyView(session: string, { nodes, head, current }: EditGraph): SessionHistoryView {
  const path = pathTo(nodes, head);
  return {
    session,
    image: current,
    head,
    edits: nodes.map(({ id, parent, tool, input, label, receipt, verified }) => ({
      id,
      parent,
      tool,
      input,
      ...(label === undefined ? {} : { label }),
      before: receipt.before,
      after: receipt.after,
      mask: receipt.mask,
      changedOutsideMask: receipt.changedOutsideMask,
      verified,
      isCurrent: path.has(id),
    })),
  };
}

function pathTo(nodes: readonly EditNode[], head: string | null): ReadonlySet<string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path = new Set<string>();
  for (let node = byId.get(head ?? ''); node && !path.has(node.id); node = byId.get(node.parent ?? ''))
    path.add(node.id);
  return path;
}
