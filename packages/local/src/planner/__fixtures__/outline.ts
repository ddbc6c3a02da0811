import type { PlannedStep, RequestPlan } from '../index.ts';

const lookers = 'detect_objects > segment_object';

/**
 * A plan in short: one line for each thing done, "tool: target -> details", after checking that every edit of a thing is
 * preceded by finding and cutting out the same thing.
 */
export function outline({ steps }: RequestPlan): readonly string[] {
  const lines: string[] = [];
  for (let index = 0; index < steps.length; index++) {
    const three = steps.slice(index, index + 3);
    const found = tools(three.slice(0, 2)) === lookers && sameThing(three[0], three[1]);
    if (found && three[2]?.needs.includes('mask') && three[2].target === three[1].target) {
      lines.push(describe(three[2]));
      index += 2;
    } else if (found) {
      lines.push(describe(three[1]));
      index += 1;
    } else {
      lines.push(describe(steps[index]));
    }
  }
  return lines;
}

const tools = (steps: readonly PlannedStep[]): string => steps.map((step) => step.tool).join(' > ');

const sameThing = (detect: PlannedStep, segment: PlannedStep): boolean =>
  segment.target === 'the subject' ? detect.target === undefined : detect.target === segment.target;

function describe({ tool, target = '', input }: PlannedStep): string {
  const words: Readonly<Record<string, unknown>> = {
    inpaint_image: `${target} -> ${input.prompt}`,
    adjust_image: `${target} -> ${input.operation} ${input.region}`,
    ask_image: input.question,
    detect_objects: Array.isArray(input.phrases) ? input.phrases.join(' | ') : '?',
  };
  return `${tool.split('_')[0]}: ${words[tool] ?? target}`.replace(/ +/g, ' ').trim();
}
