import { AtelierError } from '../errors/atelier-error.ts';
import { defineTool, makes } from './define-tool.ts';
import { toolSchemas } from './schemas.ts';

export const undoEdit = defineTool({
  name: 'undo_edit',
  title: 'Undo an edit',
  description: 'Goes back to the picture before an edit (default: the latest). Nothing is deleted.',
  annotations: { ...makes, idempotentHint: false },
  inputSchema: toolSchemas.undo_edit.input,
  outputSchema: toolSchemas.undo_edit.output,
  pin: ({ edit }, { workspace }) => ({ edit: edit ?? workspace.head ?? undefined }),
  async handle({ edit }, { workspace }) {
    const wanted = edit ?? workspace.head;
    if (wanted === null) throw new AtelierError({ code: 'not-found', message: 'There is no edit to undo.' });
    return { ...(await workspace.undo(wanted)) };
  },
});
