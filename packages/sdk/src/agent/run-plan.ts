import { isEditTool } from '../tools/replay/edit-tools.ts';
import type { PlannedStep } from './events.ts';

/**
 * The plans of a run, and which of their steps were carried out. A brain may write another plan on its way; what an earlier one
 * named and nobody did is not forgotten for that.
 */
export class RunPlan {
  readonly #plans: (readonly PlannedStep[])[] = [];
  /** By the step's id: what its call was about. */
  readonly #claimed = new Map<string, string>();

  /** Goes on by this plan. `marks`: of the edits that stand. */
  add(steps: readonly PlannedStep[], marks: readonly string[]): void {
    const index = this.#plans.push(steps) - 1;
    this.#claimed.clear();
    for (const step of steps) if (this.#isDone(step, index, marks)) this.#claimed.set(step.id, '');
  }

  messageOf(step: string): string | undefined {
    return this.#current.find(({ id }) => id === step)?.message;
  }

  /**
   * The step that a call about `phrase` would carry out, as far as can be said before it is made: that of its words, or the
   * next of its tool, which is sure where it is the only one. Not one that is about something else.
   */
  propose(
    tool: string,
    phrase: string | undefined,
  ): { readonly message: string; readonly isSure: boolean } | undefined {
    const words = phrase === undefined ? undefined : plain(phrase);
    const steps = this.#current.filter((step) => step.tool === tool);
    const open = steps.filter(({ id }) => !this.#claimed.has(id));
    const isNamed = ({ target }: PlannedStep) => target !== undefined && plain(target) === words;
    const named = open.some(isNamed) ? open.filter(isNamed) : steps.filter(isNamed).slice(0, 1);
    if (named.length > 0) return { message: named[0].message, isSure: named.length === 1 };
    const next = open.filter(({ target }) => target === undefined || words === undefined);
    return next.length > 0 ? { message: next[0].message, isSure: next.length === 1 } : undefined;
  }

  /** What an edit was made for, as a word that stays its own when another plan is written. `step`: the plan's, or a call's id. */
  mark(step: string): string {
    return markOf(this.#plans.length - 1, step);
  }

  /**
   * The step that a call carries out: the one of its words where a step has them, else the next of its tool. Doing once more
   * what was done for a step is not the next one.
   */
  claim(tool: string, input: unknown): string | undefined {
    const given: Readonly<Record<string, unknown>> = Object(input);
    const words = typeof given.phrase === 'string' ? plain(given.phrase) : undefined;
    const isNamed = ({ target }: PlannedStep) => target !== undefined && plain(target) === words;
    const about = JSON.stringify({ ...given, image: undefined, seed: undefined });
    const steps = this.#current.filter((step) => step.tool === tool);
    const open = steps.filter(({ id }) => !this.#claimed.has(id));
    const isElsewhere = open.every(({ target }) => target !== undefined);
    const again = isElsewhere ? steps.find((step) => isNamed(step) && this.#claimed.get(step.id) === about) : undefined;
    const id = (open.find(isNamed) ?? again ?? open[0])?.id;
    if (id) this.#claimed.set(id, about);
    return id;
  }

  /** Its call failed: whoever tries again means the same step. */
  release(step: string): void {
    this.#claimed.delete(step);
  }

  /** Planned edits that were not made; steps that depend on what is found may be left undone. `marks`: of the edits that stand. */
  notDone(marks: readonly string[]): PlannedStep[] {
    const open = this.#plans.map((_steps, index) => this.#notDoneOf(index, marks));
    // What several plans named is told once.
    return open.flatMap((steps, index) =>
      steps.filter((step) => !open.slice(index + 1).some((later) => later.some((other) => isSame(other, step)))),
    );
  }

  #notDoneOf(index: number, marks: readonly string[]): readonly PlannedStep[] {
    const steps = this.#plans[index];
    const open = steps.filter((step) => isSure(step) && !this.#isDone(step, index, marks));
    // A brain may well do it by another tool than it planned: what counts is whether enough was done.
    const others = marks.filter((mark) => {
      const plan = Number.parseInt(mark, 10) - 1;
      return plan > index || (plan === index && !steps.some(({ id }) => markOf(plan, id) === mark));
    });
    return open.slice(0, Math.max(0, open.length - others.length));
  }

  get #current(): readonly PlannedStep[] {
    return this.#plans.at(-1) ?? [];
  }

  /** For this plan, or for another one that names the same. */
  #isDone(step: PlannedStep, index: number, marks: readonly string[]): boolean {
    return this.#plans.some((steps, plan) =>
      steps.some(
        (other) => (plan === index ? other === step : isSame(other, step)) && marks.includes(markOf(plan, other.id)),
      ),
    );
  }
}

const markOf = (plan: number, step: string): string => `${plan + 1}:${step}`;

const plain = (words: string): string => words.trim().toLowerCase();

const isSure = ({ tool, conditional }: PlannedStep): boolean => isEditTool(tool) && !conditional;

const isSame = (a: PlannedStep, b: PlannedStep): boolean =>
  a.tool === b.tool && plain(a.message) === plain(b.message) && plain(a.target ?? '') === plain(b.target ?? '');
