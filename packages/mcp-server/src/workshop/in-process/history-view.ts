import type { EditGraph } from '@atelier/sdk';
import type { SessionHistoryView } from '../workshop.ts';
import { pathTo } from './stand-on.ts';

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
