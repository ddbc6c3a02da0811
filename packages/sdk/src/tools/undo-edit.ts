import { AtelierError } from '../errors/atelier-error.ts';
import { standingFor } from '../history/edit-graph.ts';
import { defineTool, makes } from './define-tool.ts';
import { undoAndReplay } from './replay/undo.ts';
import { toolSchemas } from './schemas.ts';

export const undoEdit = defineTool({
  name: 'undo_edit',
  title: 'Undo an edit',
  description:
    'Takes an edit back (default: the latest). Edits made after it are made again without it, up to the first that no longer applies; "stopped" then says which and why. Nothing is deleted.',
  annotations: { ...makes, idempotentHint: false },
  inputSchema: toolSchemas.undo_edit.input,
  outputSchema: toolSchemas.undo_edit.output,
  pin: ({ edit, later, head }, { workspace }) => {
    const latest = head ?? workspace.head;
    const wanted = edit === undefined ? latest : standingFor(workspace.edits, latest, edit);
    return { edit: wanted ?? undefined, later, head: latest ?? undefined };
  },
  async handle({ edit, later, head }, context) {
    const { workspace } = context;
    const latest = head ?? workspace.head;
    const wanted = edit === undefined ? latest : standingFor(workspace.edits, latest, edit);
    if (wanted === null) throw new AtelierError({ code: 'not-found', message: 'There is no edit to undo.' });
    if (later === 'drop') return { ...(await workspace.undo(wanted)), replayed: [] };
    return { ...(await undoAndReplay(context, wanted, latest)) };
  },
});
