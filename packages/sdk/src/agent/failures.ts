import { z } from 'zod';
import { AtelierError } from '../errors/atelier-error.ts';
import { type AnyTool, findTool, isToolName } from '../tools/tools.ts';

/** What went wrong in a run and was not made good: a run with one of these is not a success, whatever the brain says. */
export class Failures {
  readonly #open = new Map<string, { readonly error: AtelierError; readonly looking: boolean }>();
  #final: AtelierError | undefined;

  /** True when going on cannot help. */
  get isFinal(): boolean {
    return this.#final !== undefined;
  }

  /** @param step the plan's step that failed; undefined for a call that the plan did not name. */
  add(tool: AnyTool, error: AtelierError, step: string | undefined): AtelierError {
    this.#open.set(step ?? tool.name, { error, looking: tool.annotations.readOnlyHint });
    // No brain can configure a backend in the middle of a run.
    if (tool.name === 'plan' && error.code === 'capability-unavailable') this.#final = error;
    return error;
  }

  /** A call that could not be read, or of a tool that there is not: made good by calling it rightly, or by an edit that works. */
  addUnreadable(name: string): void {
    const message = `The brain called ${name} in a way that could not be read, and nothing was done by it.`;
    const error = new AtelierError({ code: 'brain-failed', message, hint: 'Try again, or choose another brain.' });
    this.#open.set(name, { error, looking: !isToolName(name) || findTool(name).annotations.readOnlyHint });
  }

  /** A call that a person did not allow. Nothing makes it good but that person's yes to the same call. */
  refuse(call: RefusedCall, error: AtelierError): void {
    this.#open.set(refusedKey(call), { error, looking: false });
  }

  allow(call: RefusedCall): void {
    this.#open.delete(refusedKey(call));
  }

  /** Ends the run: a question that nobody was there to answer. */
  end(error: AtelierError): AtelierError {
    this.#final = error;
    return error;
  }

  /** A step that works makes good its own failures; an edit that works also those of looking for it. */
  clear(tool: AnyTool, step: string | undefined): void {
    this.#open.delete(tool.name);
    if (step) this.#open.delete(step);
    if (tool.annotations.readOnlyHint) return;
    for (const [name, { looking }] of this.#open) if (looking) this.#open.delete(name);
  }

  throwIfFinal(): void {
    if (this.#final) throw this.#final;
  }

  /** Throws what a run must not call a success: an open failure, or a brain that stopped before the end. */
  throwIfAny(result: BrainResult, edited: boolean): void {
    this.throwIfFinal();
    const text = result.text.trim();
    const [first] = this.#open.values();
    if (first) throw edited ? withBrainsWords(first.error, result) : first.error;
    if (result.finishReason === 'stop' && text !== '') return;
    throw brainStopped(result, text);
  }
}

interface RefusedCall {
  readonly toolName: string;
  readonly input: unknown;
}

const targetSchema = z
  .object({ phrase: z.unknown(), box: z.unknown(), mask: z.unknown(), region: z.unknown() })
  .partial();

/** The same thing by the same tool, whatever else about the call was changed. */
const refusedKey = ({ toolName, input }: RefusedCall): string =>
  `refused ${toolName} ${JSON.stringify(targetSchema.catch({}).parse(input))}`;

/** Where a part was done, somebody should say which. The built-in planner's words rest on what tools answered; others' may not. */
function withBrainsWords(error: AtelierError, { text, rawFinishReason }: BrainResult): AtelierError {
  const message = rawFinishReason === 'tool-failed' ? text.trim() : error.message;
  return new AtelierError({
    ...error.toJSON(),
    message,
    details: { ...error.details, text: text.trim() },
    cause: error,
  });
}

export interface BrainResult {
  readonly text: string;
  readonly finishReason: string;
  readonly rawFinishReason?: string | undefined;
}

function brainStopped({ finishReason, rawFinishReason }: BrainResult, text: string): AtelierError {
  if (finishReason === 'tool-calls') {
    return new AtelierError({
      code: 'budget-exceeded',
      message: 'The run reached the number of calls it may make of its brain.',
      hint: 'Ask for less at once, or raise maxSteps. Edits made before stay made.',
      details: { text },
    });
  }
  // The built-in planner's own words for it.
  if (rawFinishReason === 'request-not-understood') {
    return new AtelierError({ code: 'request-not-understood', message: text });
  }
  if (rawFinishReason === 'image-needed') {
    return new AtelierError({ code: 'invalid-input', message: text, hint: 'Give the session a picture first.' });
  }
  if (finishReason === 'content-filter') {
    return new AtelierError({ code: 'brain-failed', message: 'The brain refused the request.', details: { text } });
  }
  return new AtelierError({
    code: 'brain-failed',
    message: `The brain stopped before the end (${rawFinishReason ?? finishReason}).`,
    details: { text },
  });
}
