import { AtelierError } from '../errors/atelier-error.ts';
import type { EditNode } from '../history/session-record.ts';
import { type ToolName, toolSchemas } from '../tools/schemas.ts';

const editTools: ReadonlySet<string> = new Set(['remove_object', 'inpaint_image', 'adjust_image'] satisfies ToolName[]);

/** Whether a tool makes a new picture of an old one. */
export const isEdit = (tool: string): boolean => editTools.has(tool);

/** The edits that a run has made and that it has not taken back. */
export class RunEdits {
  /** By the edit's id: ids of the pictures it led from and to. */
  readonly #made = new Map<string, { readonly before: string; readonly after: string }>();

  get count(): number {
    return this.#made.size;
  }

  /** Takes note of what a tool answered. */
  note(tool: string, input: unknown, output: unknown): void {
    const edit = text(output, 'edit');
    const [before, after] = [text(input, 'image'), text(output, 'image')];
    if (isEdit(tool) && edit && before && after) this.#made.set(edit, { before, after });
    const undone = tool === 'undo_edit' ? toolSchemas.undo_edit.output.safeParse(output).data : undefined;
    if (!undone || !this.#made.has(undone.undone)) return;
    const earlier = [...this.#made].slice(0, [...this.#made.keys()].indexOf(undone.undone));
    this.#made.clear();
    for (const [id, led] of earlier) this.#made.set(id, led);
    // Made again under new ids; which picture each of them left is not told, and nobody asks for it.
    for (const id of undone.replayed) this.#made.set(id, { before: '', after: '' });
  }

  /** Edits of one picture that a brain asks for at once are all wanted: each is made on what the one before it left. */
  onNewest(tool: string, input: unknown): unknown {
    const given = text(input, 'image');
    if (!isEdit(tool) || given === undefined) return input;
    let image = given;
    for (const { before, after } of this.#made.values()) if (before === image) image = after;
    return image === given ? input : { ...Object(input), image };
  }

  /** The error of a run whose edits are not all in the picture that the session shows now; undefined where they are. */
  lostFrom(shown: readonly EditNode[]): AtelierError | undefined {
    const lost = [...this.#made.keys()].filter((id) => !shown.some((edit) => edit.id === id));
    if (lost.length === 0) return undefined;
    return new AtelierError({
      code: 'conflict',
      message: 'The picture does not show all that this run did: the session went on from another picture meanwhile.',
      hint: "Its edits are in the session's graph (goTo); or repeat the request.",
      isRetryable: true,
      details: { edits: lost },
    });
  }
}

function text(value: unknown, key: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}
