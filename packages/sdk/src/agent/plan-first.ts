import type { ModelMessage } from 'ai';
import { z } from 'zod';
import { isEditTool } from '../tools/replay/edit-tools.ts';
import { planStepSchema } from '../tools/schemas.ts';
import { withLatestPictures } from './latest-pictures.ts';

/** A brain that sees gets this many tries at a plan that the tool accepts; the built-in planner, whose plans fit, gets one. */
const tries = { seeing: 3, reading: 1 } as const;

const planInputSchema = z.object({ steps: z.array(planStepSchema.pick({ tool: true })) });

/** What the messages of one turn say about its plan. */
export interface TurnPlan {
  /** The tools that the first accepted plan names; undefined while there is none. */
  readonly tools: ReadonlySet<string> | undefined;
  /** True while nothing but the person's words has reached the brain in this turn. */
  readonly wordsOnly: boolean;
  /** Ids of the edits that were made in this turn. */
  readonly edits: ReadonlySet<string>;
}

/**
 * Reads the plan of the current turn. Only a plan that was made from the person's words counts: one that is written after
 * the brain has seen pictures or tool results may follow what is written there instead.
 */
export function readPlan(messages: readonly ModelMessage[], sees: boolean): TurnPlan {
  const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const accepted = new Set(
    turn.flatMap(resultsIn).flatMap(({ toolName, toolCallId }) => (toolName === 'plan' ? [toolCallId] : [])),
  );
  const spoken = turn.filter((message) => message.role === 'assistant');
  const first = spoken.slice(0, sees ? tries.seeing : tries.reading);
  const calls = first.flatMap(({ content }) =>
    typeof content === 'string' ? [] : content.filter((part) => part.type === 'tool-call'),
  );
  const plan = calls.find(({ toolCallId }) => accepted.has(toolCallId));
  const parsed = planInputSchema.safeParse(plan?.input);
  const tools = parsed.success ? new Set(parsed.data.steps.map(({ tool }) => tool)) : undefined;
  return {
    tools,
    wordsOnly: !tools && spoken.length < (sees ? tries.seeing : tries.reading),
    edits: editsOf(turn),
  };
}

const editSchema = z.object({ edit: z.string() });
const undoneSchema = z.object({ undone: z.string(), replayed: z.array(z.string()).default([]) });

/** The edits of a turn that still stand, by the results of its tools. */
function editsOf(turn: readonly ModelMessage[]): ReadonlySet<string> {
  const made = new Set<string>();
  for (const { toolName, output } of turn.flatMap(resultsIn)) {
    const undone = toolName === 'undo_edit' ? undoneSchema.safeParse(output) : undefined;
    if (undone?.success) {
      // What came after an own edit is own too, and so is what it was made again as.
      if (made.delete(undone.data.undone)) for (const id of undone.data.replayed) made.add(id);
      continue;
    }
    const edit = isEditTool(toolName) ? editSchema.safeParse(output) : undefined;
    if (edit?.success) made.add(edit.data.edit);
  }
  return made;
}

/** What tools answered, as JSON; errors and refusals are left out. */
function resultsIn({ role, content }: ModelMessage): { toolCallId: string; toolName: string; output: unknown }[] {
  if (role !== 'tool' || typeof content === 'string') return [];
  return content.flatMap((part) => {
    if (part.type !== 'tool-result' || part.output.type !== 'content') return [];
    const text = part.output.value.find(({ type }) => type === 'text');
    const { toolCallId, toolName } = part;
    return text?.type === 'text' ? [{ toolCallId, toolName, output: parseJson(text.text) }] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Step {
  readonly toolChoice?: { readonly type: 'tool'; readonly toolName: 'plan' };
  readonly messages?: ModelMessage[];
}

/**
 * What a step of the AI SDK's loop is given: `plan` is forced first, and a brain that sees gets nothing for it but the
 * person's own words, so that no text in a picture, a file or an earlier answer has a say in which edits may be made.
 */
export const planFirst =
  (sees: boolean) =>
  ({ messages, initialMessages, responseMessages }: StepMessages): Step => {
    // What one step is given, the AI SDK gives to all after it: so each is given all there is, or the words of it.
    const all = sees ? [...initialMessages, ...responseMessages] : messages;
    if (!readPlan(all, sees).wordsOnly) return sees ? { messages: withLatestPictures(all) } : {};
    const toolChoice = { type: 'tool', toolName: 'plan' } as const;
    return sees ? { toolChoice, messages: wordsOf(all) } : { toolChoice };
  };

interface StepMessages {
  readonly messages: ModelMessage[];
  readonly initialMessages: ModelMessage[];
  readonly responseMessages: ModelMessage[];
}

/** The person's words, what was done about earlier ones, and this turn's tries at a plan. No pictures, no tool results. */
export function wordsOf(messages: readonly ModelMessage[]): ModelMessage[] {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const made = new Set(messages.flatMap(editCallsIn));
  return messages.flatMap((message, index): ModelMessage[] => {
    if (index > last) return [message];
    if (message.role === 'user') return [{ role: 'user', content: textOf(message) }];
    if (message.role === 'assistant') return doneBy(message, made);
    return message.role === 'system' ? [message] : [];
  });
}

function textOf({ content }: Extract<ModelMessage, { role: 'user' }>): string {
  if (typeof content === 'string') return content;
  const texts = content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  // A note on a preview that is not there would only be in the way.
  return texts.filter((text) => !/^\[image img_[0-9a-f]{32}, a small preview of it\]$/.test(text)).join('\n');
}

/** Calls of edit tools that changed a picture. */
const editCallsIn = (message: ModelMessage): string[] =>
  resultsIn(message).flatMap(({ toolCallId, toolName, output }) =>
    (isEditTool(toolName) && editSchema.safeParse(output).success) || toolName === 'undo_edit' ? [toolCallId] : [],
  );

/** The edits that were made, in one line: what "it" and "undo that" refer to. Nothing that a tool answered is in it. */
function doneBy(message: Extract<ModelMessage, { role: 'assistant' }>, made: ReadonlySet<string>): ModelMessage[] {
  if (typeof message.content === 'string') return [];
  const edits = message.content.flatMap((part) =>
    part.type === 'tool-call' && made.has(part.toolCallId) ? [`${part.toolName} ${aboutWhat(part.input)}`.trim()] : [],
  );
  return edits.length > 0 ? [{ role: 'assistant', content: `(done then: ${edits.join('; ')})` }] : [];
}

/** Characters. A phrase for a thing is short; what is longer says something else. */
const longestPhrase = 60;
const aboutSchema = z.object({ phrase: z.string().max(longestPhrase).optional(), operation: z.string().optional() });

function aboutWhat(input: unknown): string {
  const about = aboutSchema.safeParse(input);
  return about.success && Object.keys(about.data).length > 0 ? JSON.stringify(about.data) : '';
}
