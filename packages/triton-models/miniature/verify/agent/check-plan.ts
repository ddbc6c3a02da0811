import type { Deed } from './deeds.ts';
import { sameThing } from './same-thing.ts';
import type { ExpectedStep, Task } from './tasks.ts';

/**
 * What is wrong with a plan, in words; empty where it is as expected: the same operations in the same order, each with the
 * same things and with the new colour and shape, and conditional where the instruction says so. Things are compared by what the
 * words mean to whoever resolves them; of prompts and questions, articles and the case of letters do not count.
 */
export function planMistakes(task: Task, deeds: readonly Deed[]): readonly string[] {
  const { steps } = task;
  if (deeds.length !== steps.length) return [`${steps.length} steps expected: ${deeds.map(told).join(', ') || 'none'}`];
  return steps.flatMap((step, index) =>
    fits(step, deeds[index], task) ? [] : [`${index + 1}: ${told(deeds[index])}`],
  );
}

function fits(step: ExpectedStep, deed: Deed, task: Task): boolean {
  if (deed.conditional !== step.conditional) return false;
  if (step.operation === 'ask') return asksSo(step, deed);
  if (!sameThing(deed.target ?? '', step.phrase ?? '')) return false;
  switch (step.operation) {
    case 'remove':
      return deed.tool === 'remove_object';
    case 'replace':
      return deed.tool === 'inpaint_image' && promptOf(deed) === `${step.colour} ${step.shape}`;
    case 'recolour':
      return recolours(step, deed, task);
  }
}

function asksSo({ check, phrase, questions }: ExpectedStep, { tool, target, input }: Deed): boolean {
  if (check && tool === 'detect_objects') return sameThing(target ?? '', phrase ?? '');
  const { question } = input;
  return tool === 'ask_image' && typeof question === 'string' && questions.some((one) => bare(one) === bare(question));
}

/** By repainting its pixels or by painting it anew. */
function recolours({ colour, things }: ExpectedStep, deed: Deed, { before }: Task): boolean {
  const { operation, parameters, region } = deed.input;
  if (deed.tool === 'adjust_image')
    return (
      operation === 'recolour' && region === 'subject' && JSON.stringify(parameters) === JSON.stringify({ colour })
    );
  const shapes = new Set(things.map((index) => before.things[index].shape));
  return deed.tool === 'inpaint_image' && [...shapes].some((shape) => promptOf(deed) === `${colour} ${shape}`);
}

const promptOf = ({ input: { prompt } }: Deed): string => (typeof prompt === 'string' ? bare(prompt) : '');

const bare = (words: string): string =>
  words
    .toLowerCase()
    .replace(/\b(?:the|an?)\b/g, ' ')
    .replace(/[^a-z ]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

const told = ({ tool, target, input, conditional }: Deed): string =>
  [conditional ? 'if so' : '', tool, target ?? '', JSON.stringify(input)].filter((words) => words !== '').join(' ');
