import { choiceNeeded } from '../capabilities/vision.ts';
import { AtelierError, type AtelierErrorJson } from '../errors/atelier-error.ts';
import { checkInput, runTool } from '../tools/run-tool.ts';
import { type ChoiceNeededOutput, choiceNeededSchema, type ToolName, toolSchemas } from '../tools/schemas.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import type { AnyTool } from '../tools/tools.ts';
import type { ProposedWork } from './approval-words.ts';
import type { Asker } from './asker.ts';
import { toAtelierError } from './brain-error.ts';
import type { Budget } from './budget.ts';
import type { PlannedStep } from './events.ts';
import { Failures } from './failures.ts';
import { startMessage } from './messages.ts';
import type { Narrator } from './narrator.ts';
import { stageOfTool } from './progress.ts';
import { RunEdits } from './run-edits.ts';
import { RunPlan } from './run-plan.ts';
import type { RunPort } from './run-port.ts';

/** A session's part of the tool context; opening the session may decode pictures, so it waits for the first real step. */
export type OpenContext = () => Promise<Omit<ToolContext, 'language' | 'signal' | 'progress' | 'onVerify'>>;

/** The value of a recorded tool call: its output, or its error in a form that survives recording. */
type Outcome =
  | { readonly ok: true; readonly output: unknown; readonly durationMs: number }
  | { readonly ok: false; readonly error: AtelierErrorJson };

export interface RunnerParts {
  readonly port: RunPort;
  readonly narrator: Narrator;
  readonly asker: Asker;
  readonly budget: Budget;
  readonly open: OpenContext;
}

/** Runs the brain's tool calls as recorded steps, tells what happens, and asks people what tools cannot know. */
export class ToolRunner {
  readonly failures = new Failures();
  readonly #port: RunPort;
  readonly #narrator: Narrator;
  readonly #open: OpenContext;
  readonly #asker: Asker;
  readonly #budget: Budget;
  readonly #asked = new Set<string>();
  /** What the person chose in this run, by the phrase, and of which picture. */
  readonly #chosen = new Map<string, { readonly image: unknown; readonly choice: number }>();
  /** By a mask's id: the words that it was cut out by. */
  readonly #cutOut = new Map<string, string>();
  readonly edits = new RunEdits();
  readonly #plan = new RunPlan();
  #edited = false;
  #step: string | null = null;
  #calls = 0;

  constructor({ port, narrator, asker, budget, open }: RunnerParts) {
    this.#port = port;
    this.#narrator = narrator;
    this.#asker = asker;
    this.#budget = budget;
    this.#open = open;
  }

  /** The plan's step that is running or ran last. */
  get currentStep(): string | null {
    return this.#step;
  }

  get hasEdited(): boolean {
    return this.#edited;
  }

  /** Planned edits that no call carried out; steps that depend on what is found may be left undone. */
  get notDone(): readonly PlannedStep[] {
    return this.#plan.notDone(this.edits.marks);
  }

  /** Phrases about which a person was asked before, in earlier runs. */
  rememberAsked(phrases: ReadonlySet<string>): void {
    for (const phrase of phrases) this.#asked.add(phrase);
  }

  /** What a call would do, for whoever is to allow it. Known from recorded answers alone, so that a replay asks the same. */
  propose(tool: ToolName, input: ProposedWork['input']): ProposedWork {
    const phrase = field(input, 'phrase') ?? this.#cutOut.get(field(input, 'mask') ?? '');
    const step = this.#plan.propose(tool, phrase);
    return { tool, input, phrase, step: step?.message, isSure: step?.isSure ?? false };
  }

  async run(tool: AnyTool, input: unknown, call: { readonly id: string }): Promise<unknown> {
    // A brain may have asked for several calls at once: what follows an end must not be done.
    this.failures.throwIfFinal();
    const name = `tool:${this.#calls++}:${tool.name}`;
    const step = tool.name === 'plan' ? 'plan' : this.#plan.claim(tool.name, input);
    try {
      if (tool.name === 'plan') return await this.#runPlan(name, tool, input);
      this.#step = step ?? call.id;
      const output = await this.#runStep(name, this.#step, tool, input);
      this.failures.clear(tool, step);
      return output;
    } catch (error) {
      if (step) this.#plan.release(step);
      // What the tool itself reports, a brain may work around. A port that fails (no database, no listener) ends the run:
      // handed to the brain as a tool's error, it would be talked over.
      throw error instanceof ToolError
        ? this.failures.add(tool, error.report, step)
        : this.failures.end(toAtelierError(error));
    }
  }

  async #runPlan(name: string, tool: AnyTool, input: unknown): Promise<unknown> {
    const outcome = await this.#budget.step(name, (signal) => this.#perform(tool, input, 'plan', signal));
    if (!outcome.ok) throw new ToolError(AtelierError.fromJSON(outcome.error));
    const { steps } = toolSchemas.plan.output.parse(outcome.output);
    this.failures.clear(tool, 'plan');
    this.#plan.add(steps, this.edits.marks);
    this.#narrator.progress.expect(steps.length);
    await this.#narrator.tell('plan', { status: 'plan', steps });
    return outcome.output;
  }

  async #runStep(name: string, step: string, tool: AnyTool, given: unknown): Promise<unknown> {
    const stage = stageOfTool[tool.name];
    await this.#narrator.tell(stage, { status: 'progress', step, state: 'started' }, this.#startMessage(tool));
    let input = await this.#pin(name, tool, this.#withoutOwnChoice(this.#onNewest(tool, given)));
    let done = await this.#attempt(name, step, tool, input);
    const choice = choiceNeededSchema.safeParse(done.output);
    if (choice.success) {
      const answer = await this.#asker.choice(tool.name, choice.data);
      if (!answer) throw unanswered(choice.data);
      input = { ...Object(input), choice: answer.choice };
      this.#chosen.set(choice.data.phrase, { image: field(input, 'image'), choice: answer.choice });
      done = await this.#attempt(`${name}:answered`, step, tool, input);
    }
    const [mask, phrase] = [field(done.output, 'mask'), field(input, 'phrase')];
    if (mask !== undefined && phrase !== undefined) this.#cutOut.set(mask, phrase);
    this.edits.note(tool.name, input, done.output, this.#plan.mark(step));
    if (field(done.output, 'edit')) this.#edited = true;
    const preview = field(done.output, 'image') ?? field(done.output, 'overlay');
    this.#narrator.progress.finish();
    await this.#narrator.tell(
      stage,
      { status: 'progress', step, state: 'finished', durationMs: done.durationMs, ...(preview ? { preview } : {}) },
      this.#plan.messageOf(step),
    );
    return done.output;
  }

  #onNewest(tool: AnyTool, input: unknown): unknown {
    try {
      return this.edits.onNewest(tool.name, input);
    } catch (error) {
      throw new ToolError(toAtelierError(error));
    }
  }

  /** Which of several things is meant, only a person says: a number counts where somebody was asked about these words. */
  #withoutOwnChoice(input: unknown): unknown {
    if (typeof input !== 'object' || input === null || !('choice' in input)) return input;
    const phrase = field(input, 'phrase') ?? '';
    const chosen = this.#chosen.get(phrase);
    const isTheirs = chosen
      ? chosen.choice === input.choice && chosen.image === field(input, 'image')
      : this.#asked.has(phrase);
    if (isTheirs) return input;
    const { choice: _own, ...rest } = input;
    return rest;
  }

  /** What depends on the session's state at this moment is recorded before the call that acts on it. */
  async #pin(name: string, tool: AnyTool, input: unknown): Promise<unknown> {
    const { pin } = tool;
    if (!pin) return input;
    return this.#port.step(`${name}:pinned`, async () => pin(checkInput(tool, input), await this.#context()));
  }

  async #attempt(name: string, step: string, tool: AnyTool, input: unknown) {
    const outcome = await this.#budget.step(name, (signal) => this.#perform(tool, input, step, signal));
    if (outcome.ok) return outcome;
    throw new ToolError(AtelierError.fromJSON(outcome.error));
  }

  async #perform(tool: AnyTool, input: unknown, step: string, signal: AbortSignal): Promise<Outcome> {
    const stage = stageOfTool[tool.name];
    const { progress } = this.#narrator;
    const began = performance.now();
    try {
      const context: ToolContext = {
        ...(await this.#context(signal)),
        progress: (fraction) => {
          const before = progress.percent;
          // One event a percent is plenty for a progress bar; the last tenth belongs to the second look.
          if (tool.name !== 'plan' && progress.running(fraction * 0.9) > before) this.#narrator.running(stage, step);
        },
        onVerify: () => this.#narrator.running('verify', step),
      };
      const output = await this.#patiently(() => runTool(tool, input, context), signal);
      return { ok: true, output, durationMs: Math.round(performance.now() - began) };
    } catch (error) {
      if (signal.aborted || !AtelierError.isInstance(error) || error.code === 'cancelled') throw error;
      return { ok: false, error: error.toJSON() };
    }
  }

  /** Again and again where what failed may pass, for as long as the port has patience. */
  async #patiently<Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const mayPass = AtelierError.isInstance(error) && error.isRetryable && !signal.aborted;
        if (!mayPass || !(await this.#port.retry?.(error, attempt, signal))) throw error;
      }
    }
  }

  async #context(signal?: AbortSignal): Promise<ToolContext> {
    return { ...(await this.#open()), language: this.#narrator.language, signal };
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
