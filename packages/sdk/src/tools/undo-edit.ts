import { defineTool } from './define-tool.ts';
import { toolSchemas } from './schemas.ts';

export const undoEdit = defineTool({
  name: 'undo_edit',
  title: 'Undo an edit',
  description: 'Goes back to the picture before an edit (default: the latest). Nothing is deleted.',
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: false },
  inputSchema: toolSchemas.undo_edit.input,
  outputSchema: toolSchemas.undo_edit.output,
  async handle({ edit }, context) {
    return { ...(await context.workspace.undo(edit)) };
  },
});
