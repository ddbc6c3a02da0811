import { choiceNeeded } from '../capabilities/vision.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { runTool } from '../tools/run-tool.ts';
import { type ChoiceNeededOutput, choiceNeededSchema, toolSchemas } from '../tools/schemas.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import type { AnyTool } from '../tools/tools.ts';
import type { PlannedStep, Question } from './events.ts';
import { questionMessage, stageMessages } from './messages.ts';
import type { Narrator, TellNow } from './narrator.ts';
import { stageOfTool } from './progress.ts';
import type { RunStart } from './run-loop.ts';
import type { RunPort } from './run-port.ts';

/** The value of a recorded tool call: its output, or its error in a form that survives recording. */
type Outcome =
  | { readonly ok: true; readonly output: unknown; readonly durationMs: number }
  | { readonly ok: false; readonly error: ReturnType<AtelierError['toJSON']>; readonly durationMs: number };

/** Runs the brain's tool calls as recorded steps, tells what happens, and asks people what tools cannot know. */
export class ToolRunner {
  readonly #port: RunPort;
  readonly #narrator: Narrator;
  readonly #context: ToolContext;
  #plan: PlannedStep[] = [];
  #failure: AtelierError | undefined;
  #step: string | null = null;
  #calls = 0;
  #edits: string[] = [];
  #outputImage: string | null = null;
  #current: string | null;

  constructor(port: RunPort, narrator: Narrator, context: ToolContext, start: RunStart) {
    this.#port = port;
    this.#narrator = narrator;
    this.#context = context;
    this.#current = start.current;
  }

  /** The plan's step that is running or ran last. */
  get currentStep(): string | null {
    return this.#step;
  }

  get edits(): readonly string[] {
    return this.#edits;
  }

  get outputImage(): string | null {
    return this.#outputImage;
  }

  /** True when going on cannot help: nobody can answer the question, or no backend can do what was planned. */
  get mustStop(): boolean {
    const code = this.#failure?.code;
    return code === 'choice-needed' || code === 'capability-unavailable';
  }

  async run(tool: AnyTool, input: unknown, call: { readonly id: string; readonly signal: AbortSignal | undefined }) {
    const name = `tool:${this.#calls++}:${tool.name}`;
    const step = tool.name === 'plan' ? 'plan' : this.#claimStep(tool.name, call.id);
    this.#step = step;
    let output = await this.#attempt(name, step, tool, input);
    const choice = choiceNeededSchema.safeParse(output);
    if (choice.success) {
      const answer = await this.#ask(tool, choice.data);
      if (!answer) throw this.#fail(choiceNeeded(choice.data), choice.data.overlay);
      output = await this.#attempt(`${name}:answered`, step, tool, { ...Object(input), choice: answer.choice });
    }
    this.#failure = undefined;
    await this.#note(tool.name, output);
    return output;
  }

  /** Throws what a run must not call a success: a tool error that nothing made good, or a brain that gave up. */
  throwIfFailed(result: {
    readonly text: string;
    readonly finishReason: string;
    readonly rawFinishReason?: string | undefined;
  }): void {
    if (this.#failure) throw this.#failure;
    if (result.rawFinishReason === 'request-not-understood') {
      throw new AtelierError({ code: 'request-not-understood', message: result.text.trim() });
    }
    if (result.finishReason === 'content-filter') {
      throw new AtelierError({
        code: 'brain-failed',
        message: 'The brain refused the request.',
        details: { text: result.text },
      });
    }
    if (result.text.trim() === '') {
      throw new AtelierError({
        code: 'brain-failed',
        message: 'The brain stopped without an answer.',
        hint: 'The request may take more steps than a run may have.',
      });
    }
  }

  async #attempt(name: string, step: string, tool: AnyTool, input: unknown): Promise<unknown> {
    const stage = stageOfTool[tool.name] ?? 'plan';
    const planned = this.#plan.find(({ id }) => id === step)?.message;
    const outcome = await this.#narrator.step<Outcome>(name, async (tell) => {
      if (tool.name !== 'plan') await tell(stage, { status: 'progress', step, state: 'started' });
      const began = performance.now();
      const done = await this.#perform(tool, input, step, tell);
      const durationMs = Math.round(performance.now() - began);
      if (done.ok && tool.name !== 'plan' && !choiceNeededSchema.safeParse(done.output).success) {
        this.#narrator.progress.finish();
        const preview = previewOf(done.output);
        const end = {
          status: 'progress',
          step,
          state: 'finished',
          durationMs,
          ...(preview ? { preview } : {}),
        } as const;
        await tell(stage, end, planned);
      }
      return { ...done, durationMs };
    });
    if (outcome.ok) return outcome.output;
    throw this.#fail(new AtelierError(outcome.error as ConstructorParameters<typeof AtelierError>[0]));
  }

  async #perform(tool: AnyTool, input: unknown, step: string, tell: TellNow) {
    const stage = stageOfTool[tool.name] ?? 'plan';
    const { language } = this.#narrator;
    const context: ToolContext = {
      ...this.#context,
      progress: (fraction) => {
        const before = this.#narrator.progress.percent;
        // One event a percent is plenty for a progress bar.
        if (this.#narrator.progress.running(fraction * 0.9) > before)
          void tell(stage, { status: 'progress', step, state: 'running' });
      },
      onVerify: () => {
        const body = { status: 'progress', step, state: 'running' } as const;
        void tell('verify', body, stageMessages[language].verify);
      },
    };
    try {
      return { ok: true as const, output: await runTool(tool, input, context) };
    } catch (error) {
      if (!AtelierError.isInstance(error) || error.code === 'cancelled') throw error;
      return { ok: false as const, error: error.toJSON() };
    }
  }

  async #ask(tool: AnyTool, choice: ChoiceNeededOutput) {
    const { reason, phrase, candidates, overlay } = choice;
    const question: Question = {
      id: await this.#port.newId('question'),
      kind: 'choice',
      message: questionMessage(this.#narrator.language, choice),
      reason,
      phrase,
      candidates,
      overlay,
      expiresAt: null,
    };
    await this.#narrator.tell(stageOfTool[tool.name] ?? 'plan', { status: 'question', question }, question.message);
    return this.#port.ask(question);
  }

  /** Remembers the failure for the run and words it for the brain, which sees only an error's message. */
  #fail(error: AtelierError, overlay?: string): Error {
    this.#failure = overlay
      ? new AtelierError({ ...error.toJSON(), code: error.code, details: { ...error.details, overlay } })
      : error;
    return new Error(JSON.stringify(error.toJSON()), { cause: error });
  }

  #claimStep(tool: string, call: string): string {
    const next = this.#plan.findIndex((step) => step.tool === tool && !this.#claimed.has(step.id));
    const id = next < 0 ? call : this.#plan[next].id;
    this.#claimed.add(id);
    return id;
  }

  readonly #claimed = new Set<string>();

  async #note(tool: string, output: unknown): Promise<void> {
    const plan = toolSchemas.plan.output.safeParse(output);
    if (tool === 'plan' && plan.success) {
      this.#plan = plan.data.steps;
      this.#narrator.progress.expect(this.#plan.length);
      await this.#narrator.tell('plan', { status: 'plan', steps: this.#plan });
      return;
    }
    const { image, edit } = imageOf(output);
    if (edit) this.#edits.push(edit);
    if (image && image !== this.#current) this.#outputImage = image;
  }
}

function imageOf(output: unknown): { image?: string | undefined; edit?: string | undefined } {
  const field = (key: string): string | undefined => {
    const value: unknown = typeof output === 'object' && output !== null ? Reflect.get(output, key) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return { image: field('image'), edit: field('edit') };
}

const previewOf = (output: unknown): string | undefined => {
  const overlay: unknown = typeof output === 'object' && output !== null ? Reflect.get(output, 'overlay') : undefined;
  return imageOf(output).image ?? (typeof overlay === 'string' ? overlay : undefined);
};
