import { choiceNeeded } from '../capabilities/vision.ts';
import { AtelierError, type AtelierErrorJson } from '../errors/atelier-error.ts';
import { unlessAborted } from '../image/abort.ts';
import { checkInput, runTool } from '../tools/run-tool.ts';
import { type ChoiceNeededOutput, choiceNeededSchema, toolSchemas } from '../tools/schemas.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import type { AnyTool } from '../tools/tools.ts';
import { toAtelierError } from './brain-error.ts';
import type { ChoiceQuestion, PlannedStep } from './events.ts';
import { Failures } from './failures.ts';
import { questionMessage, startMessage } from './messages.ts';
import type { Narrator } from './narrator.ts';
import { stageOfTool } from './progress.ts';
import type { RunPort } from './run-port.ts';

/** A session's part of the tool context; opening the session may decode pictures, so it waits for the first real step. */
export type OpenContext = () => Promise<Omit<ToolContext, 'language' | 'signal' | 'progress' | 'onVerify'>>;

/** The value of a recorded tool call: its output, or its error in a form that survives recording. */
type Outcome =
  | { readonly ok: true; readonly output: unknown; readonly durationMs: number }
  | { readonly ok: false; readonly error: AtelierErrorJson };

/** Runs the brain's tool calls as recorded steps, tells what happens, and asks people what tools cannot know. */
export class ToolRunner {
  readonly failures = new Failures();
  readonly #port: RunPort;
  readonly #narrator: Narrator;
  readonly #open: OpenContext;
  readonly #signal: AbortSignal | undefined;
  readonly #claimed = new Set<string>();
  #edited = false;
  #plan: readonly PlannedStep[] = [];
  #step: string | null = null;
  #calls = 0;

  constructor(port: RunPort, narrator: Narrator, open: OpenContext, signal: AbortSignal | undefined) {
    this.#port = port;
    this.#narrator = narrator;
    this.#open = open;
    this.#signal = signal;
  }

  /** The plan's step that is running or ran last. */
  get currentStep(): string | null {
    return this.#step;
  }

  get hasEdited(): boolean {
    return this.#edited;
  }

  async run(tool: AnyTool, input: unknown, call: { readonly id: string }): Promise<unknown> {
    // A brain may have asked for several calls at once: what follows an end must not be done.
    this.failures.throwIfFinal();
    const name = `tool:${this.#calls++}:${tool.name}`;
    try {
      if (tool.name === 'plan') return await this.#runPlan(name, tool, input);
      this.#step = this.#claimStep(tool.name, call.id);
      return await this.#runStep(name, this.#step, tool, input);
    } catch (error) {
      // What the tool itself reports, a brain may work around. A port that fails (no database, no listener) ends the run:
      // handed to the brain as a tool's error, it would be talked over.
      throw error instanceof ToolError
        ? this.failures.add(tool, error.report)
        : this.failures.end(toAtelierError(error));
    }
  }

  async #runPlan(name: string, tool: AnyTool, input: unknown): Promise<unknown> {
    const outcome = await this.#port.step(name, () => this.#perform(tool, input, 'plan'));
    if (!outcome.ok) throw new ToolError(AtelierError.fromJSON(outcome.error));
    const { steps } = toolSchemas.plan.output.parse(outcome.output);
    this.failures.clear(tool);
    this.#plan = steps;
    this.#narrator.progress.expect(steps.length);
    await this.#narrator.tell('plan', { status: 'plan', steps });
    return outcome.output;
  }

  async #runStep(name: string, step: string, tool: AnyTool, given: unknown): Promise<unknown> {
    const stage = stageOfTool[tool.name];
    await this.#narrator.tell(stage, { status: 'progress', step, state: 'started' }, this.#startMessage(tool));
    let input = await this.#pin(name, tool, given);
    let done = await this.#attempt(name, step, tool, input);
    const choice = choiceNeededSchema.safeParse(done.output);
    if (choice.success) {
      const answer = await this.#ask(tool, choice.data);
      if (!answer || !('choice' in answer)) throw unanswered(choice.data);
      input = { ...Object(input), choice: answer.choice };
      done = await this.#attempt(`${name}:answered`, step, tool, input);
    }
    this.failures.clear(tool);
    if (field(done.output, 'edit')) this.#edited = true;
    const preview = field(done.output, 'image') ?? field(done.output, 'overlay');
    this.#narrator.progress.finish();
    await this.#narrator.tell(
      stage,
      { status: 'progress', step, state: 'finished', durationMs: done.durationMs, ...(preview ? { preview } : {}) },
      this.#plan.find(({ id }) => id === step)?.message,
    );
    return done.output;
  }

  /** What depends on the session's state at this moment is recorded before the call that acts on it. */
  async #pin(name: string, tool: AnyTool, input: unknown): Promise<unknown> {
    const { pin } = tool;
    if (!pin) return input;
    return this.#port.step(`${name}:pinned`, async () => pin(checkInput(tool, input), await this.#context()));
  }

  async #attempt(name: string, step: string, tool: AnyTool, input: unknown) {
    const outcome = await this.#port.step(name, () => this.#perform(tool, input, step));
    if (outcome.ok) return outcome;
    throw new ToolError(AtelierError.fromJSON(outcome.error));
  }

  async #perform(tool: AnyTool, input: unknown, step: string): Promise<Outcome> {
    const stage = stageOfTool[tool.name];
    const { progress } = this.#narrator;
    const began = performance.now();
    try {
      const context: ToolContext = {
        ...(await this.#context()),
        progress: (fraction) => {
          const before = progress.percent;
          // One event a percent is plenty for a progress bar; the last tenth belongs to the second look.
          if (tool.name !== 'plan' && progress.running(fraction * 0.9) > before) this.#narrator.running(stage, step);
        },
        onVerify: () => this.#narrator.running('verify', step),
      };
      const output = await unlessAborted(runTool(tool, input, context), this.#signal);
      return { ok: true, output, durationMs: Math.round(performance.now() - began) };
    } catch (error) {
      if (this.#signal?.aborted || !AtelierError.isInstance(error) || error.code === 'cancelled') throw error;
      return { ok: false, error: error.toJSON() };
    }
  }

  async #context(): Promise<ToolContext> {
    return { ...(await this.#open()), language: this.#narrator.language, signal: this.#signal };
  }

  async #ask(tool: AnyTool, { reason, phrase, candidates, overlay }: ChoiceNeededOutput) {
    const id = await this.#port.newId('question');
    const question: ChoiceQuestion = { id, kind: 'choice', reason, phrase, candidates, overlay, expiresAt: null };
    const message = questionMessage(this.#narrator.language, question);
    await this.#narrator.tell(stageOfTool[tool.name], { status: 'question', ...question }, message);
    return unlessAborted(this.#port.ask(question, this.#signal), this.#signal);
  }

  #claimStep(tool: string, call: string): string {
    const id = this.#plan.find((step) => step.tool === tool && !this.#claimed.has(step.id))?.id ?? call;
    this.#claimed.add(id);
    return id;
  }

  #startMessage(tool: AnyTool): string | undefined {
    return startMessage(this.#narrator.language, tool.name);
  }
}

/** Carries what a tool reported apart from everything else that can go wrong around it. */
class ToolError extends Error {
  readonly report: AtelierError;

  constructor(report: AtelierError) {
    super(report.message);
    this.report = report;
  }
}

/** The question as an error, with the numbered picture. */
function unanswered(choice: ChoiceNeededOutput): AtelierError {
  const error = choiceNeeded(choice);
  return new AtelierError({ ...error.toJSON(), details: { ...error.details, overlay: choice.overlay } });
}

function field(output: unknown, key: string): string | undefined {
  const value: unknown = typeof output === 'object' && output !== null ? Reflect.get(output, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}
