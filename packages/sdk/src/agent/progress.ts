import type { ToolName } from '../tools/schemas.ts';
import type { Stage } from './events.ts';

/** Share of the whole that planning and answering take, in percent; the tools share the rest evenly. */
const planned = 10;
const answered = 95;

/** Turns "tool 2 of 3, half done" into a percentage that never falls. */
export class Progress {
  #expected = 1;
  #finished = 0;
  #percent = 0;

  /** @param tools how many tool calls the plan names. */
  expect(tools: number): void {
    this.#expected = Math.max(1, tools);
    this.#raise(planned);
  }

  /** @param fraction of the running tool call, 0..1. */
  running(fraction: number): number {
    const share = (answered - planned) / Math.max(this.#expected, this.#finished + 1);
    return this.#raise(planned + share * (this.#finished + Math.min(1, Math.max(0, fraction))));
  }

  finish(): number {
    const percent = this.running(1);
    this.#finished++;
    return percent;
  }

  end(): number {
    return this.#raise(100);
  }

  get percent(): number {
    return this.#percent;
  }

  #raise(percent: number): number {
    this.#percent = Math.max(this.#percent, Math.min(100, Math.round(percent)));
    return this.#percent;
  }
}

/** The stage that a tool call shows as. */
export const stageOfTool: Readonly<Record<ToolName, Stage>> = {
  plan: 'plan',
  ask_image: 'ask',
  detect_objects: 'detect',
  segment_object: 'segment',
  remove_object: 'remove',
  inpaint_image: 'inpaint',
  generate_image: 'generate',
  adjust_image: 'adjust',
  load_image: 'plan',
  undo_edit: 'adjust',
};
