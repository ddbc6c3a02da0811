import { adjustOperations } from '../capabilities/adjust/operations/index.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import type { EditNode } from '../history/session-record.ts';
import { isEditTool } from '../tools/replay/edit-tools.ts';
import { toolSchemas } from '../tools/schemas.ts';

interface Made {
  /** Ids of the pictures it led from and to; empty where it was made again, which is not told. */
  readonly before: string;
  readonly after: string;
  /** True where places in the one picture are others in the other. */
  readonly reframes: boolean;
  /** What it was made for, as the plan marks it. */
  readonly mark: string;
}

/** The edits that a run has made and that it has not taken back. */
export class RunEdits {
  /** By the edit's id. */
  readonly #made = new Map<string, Made>();

  /** What each was made for, in their order. */
  get marks(): readonly string[] {
    return [...this.#made.values()].map(({ mark }) => mark);
  }

  /** Takes note of what a tool answered. `mark`: what the call was made for. */
  note(tool: string, input: unknown, output: unknown, mark: string): void {
    const edit = text(output, 'edit');
    const [before, after] = [text(input, 'image'), text(output, 'image')];
    const reframes = before !== after && frameOperations.has(text(input, 'operation') ?? '');
    if (isEditTool(tool) && edit && before && after) this.#made.set(edit, { before, after, reframes, mark });
    const undone = tool === 'undo_edit' ? toolSchemas.undo_edit.output.safeParse(output).data : undefined;
    if (undone) this.#takeBack(undone);
  }

  #takeBack({ undone, replayed, stopped }: UndoOutput): void {
    const made = [...this.#made];
    const at = made.findIndex(([id]) => id === undone);
    const later = made.slice(at + 1);
    this.#made.clear();
    for (const [id, led] of made.slice(0, Math.max(0, at))) this.#made.set(id, led);
    // After an edit of an earlier run came others of such runs, then these. Which ones were reached before a stop is not told.
    const again = at >= 0 ? replayed : stopped ? [] : replayed.slice(-later.length);
    for (const [index, { mark }] of later.map(([, led]) => led).entries()) {
      const id = again.at(index);
      if (id !== undefined) this.#made.set(id, { before: '', after: '', reframes: false, mark });
    }
  }

  /**
   * Edits of one picture that a brain asks for at once are all wanted: each is made on what the one before it left. Throws
   * `invalid-input` for a place in a picture that was cut down or turned since.
   */
  onNewest(tool: string, input: unknown): unknown {
    const given = text(input, 'image');
    if (!isEditTool(tool) || given === undefined) return input;
    let image = given;
    let isReframed = false;
    for (const { before, after, reframes } of this.#made.values()) {
      if (before !== image) continue;
      image = after;
      isReframed ||= reframes;
    }
    if (isReframed && namesPlace(input)) throw placeIsGone(given, image);
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

type UndoOutput = ReturnType<typeof toolSchemas.undo_edit.output.parse>;

const frameOperations: ReadonlySet<string> = new Set(
  adjustOperations.filter(({ kind }) => kind === 'frame').map(({ name }) => name),
);

const namesPlace = (input: unknown): boolean =>
  ['box', 'mask', 'points'].some((key) => Object(input)[key] !== undefined);

const placeIsGone = (given: string, newest: string): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `The frame of the picture ${given} was changed since: boxes and masks of it do not fit ${newest}.`,
    hint: `Look again at ${newest}, and name places in it.`,
    details: { image: newest },
  });

function text(value: unknown, key: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}
