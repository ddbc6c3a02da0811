import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planner } from '@atelier/local';
import { AtelierError, atelier, type Backend, type EditNode, type Image, type Mask, type Session } from '@atelier/sdk';
import { encodeImage } from '@atelier/sdk/image';
import { readPicture } from '../pictures.ts';
import { planMistakes } from './check-plan.ts';
import { plannedDeeds } from './deeds.ts';
import type { Task } from './tasks.ts';
import { type Call, watchedBrain } from './watched-brain.ts';

/** What the agent did with a task, as `miniature.agent.judge` reads it; pictures and masks are files beside it. */
export interface TaskResult {
  readonly name: string;
  readonly planMistakes: readonly string[];
  readonly answer: string | null;
  /** What the agent itself says: all that was planned was made, and looked right when it looked again. */
  readonly verified: boolean;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly picture: string;
  readonly calls: readonly TracedCall[];
  readonly edits: readonly TracedEdit[];
  readonly milliseconds: number;
}

interface TracedCall {
  readonly tool: string;
  readonly input: unknown;
  readonly output: Call['output'];
  readonly error: unknown;
  /** The picture after an edit. */
  readonly image?: string;
  /** What was cut out, or what an edit was allowed to touch. */
  readonly mask?: string;
}

interface TracedEdit {
  readonly tool: string;
  readonly mask: string;
  readonly verified: EditNode['verified'];
  readonly changedOutsideMask: number;
}

export interface PlayOptions {
  readonly backends: readonly Backend[];
  /** Where the task's picture is. */
  readonly tasks: string;
  /** For pictures, masks. */
  readonly folder: string;
}

/** Carries out one task in a session of its own, by the built-in planner. Nobody answers questions. */
export async function playTask(task: Task, { backends, tasks, folder }: PlayOptions): Promise<TaskResult> {
  const calls: Call[] = [];
  const studio = atelier({ backends: [...backends], brain: watchedBrain(planner(), calls) });
  const session = studio.session({ image: await readPicture(join(tasks, task.picture)) });
  const began = performance.now();
  const { answer, verified, error } = await session.run(task.instruction).result.then(
    (done) => ({ answer: done.answer, verified: done.verified, error: null }),
    (cause: unknown) => ({ answer: null, verified: false, error: errorOf(cause) }),
  );
  const milliseconds = Math.round(performance.now() - began);
  const files = new Files(session, folder, task.name);
  const graph = await session.graph();
  const traced: TracedCall[] = [];
  for (const call of calls) traced.push(await tracedCall(call, error, files));
  const edits: TracedEdit[] = [];
  for (const { tool, receipt, verified } of graph.nodes) {
    const { mask, changedOutsideMask } = receipt;
    edits.push({ tool, verified, changedOutsideMask, mask: await files.mask(mask) });
  }
  if (graph.current === null) throw new Error('The session has lost its picture.');
  const picture = await files.image(graph.current);
  return {
    name: task.name,
    planMistakes: planMistakes(task, await plannedDeeds(task.instruction)),
    ...{ answer, verified, error, picture, calls: traced, edits, milliseconds },
  };
}

/** Also what nobody foresaw: one task that breaks must not cost the figures of all. */
const errorOf = (cause: unknown): { code: string; message: string } => ({
  code: AtelierError.isInstance(cause) ? cause.code : 'unforeseen',
  message: cause instanceof Error ? cause.message : String(cause),
});

async function tracedCall(
  { tool, input, output, failure }: Call,
  ended: TaskResult['error'],
  files: Files,
): Promise<TracedCall> {
  const { image, mask } = output ?? {};
  return {
    ...{ tool, input, output },
    error: output === null ? (failureOf(failure) ?? ended ?? {}) : null,
    ...(typeof image === 'string' ? { image: await files.image(image) } : {}),
    ...(typeof mask === 'string' ? { mask: await files.mask(mask) } : {}),
  };
}

/** Errors of tools arrive as JSON, as JSON in text, or as mere text. */
function failureOf(failure: unknown): unknown {
  if (typeof failure !== 'string') return failure;
  const json = /\{.*\}/s.exec(failure)?.[0];
  try {
    return json === undefined ? { message: failure } : JSON.parse(json);
  } catch {
    return { message: failure };
  }
}

/** Writes pictures and masks of a session as PNG, each once. */
class Files {
  readonly #written = new Map<string, string>();
  readonly #session: Session;
  readonly #folder: string;
  readonly #name: string;

  constructor(session: Session, folder: string, name: string) {
    this.#session = session;
    this.#folder = folder;
    this.#name = name;
  }

  image(id: string): Promise<string> {
    return this.#once(id, async () => this.#session.loadImage(id));
  }

  mask(id: string): Promise<string> {
    return this.#once(id, async () => pictureOf(await this.#session.loadMask(id)));
  }

  async #once(id: string, pixels: () => Promise<Pick<Image, 'width' | 'height' | 'data'>>): Promise<string> {
    const known = this.#written.get(id);
    if (known !== undefined) return known;
    const file = `${this.#name}-${this.#written.size}.png`;
    this.#written.set(id, file);
    await writeFile(join(this.#folder, file), (await encodeImage(await pixels(), { format: 'png' })).bytes);
    return file;
  }
}

/** White where the mask is set. */
function pictureOf({ width, height, data }: Mask): Pick<Image, 'width' | 'height' | 'data'> {
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at++) pixels.set(data[at] ? [255, 255, 255, 255] : [0, 0, 0, 255], at * 4);
  return { width, height, data: pixels };
}
