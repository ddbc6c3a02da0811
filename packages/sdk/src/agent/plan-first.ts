import type { ModelMessage } from 'ai';
import { z } from 'zod';
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
  const accepted = new Set(turn.flatMap(acceptedPlans));
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
    edits: new Set(turn.flatMap(editsIn)),
  };
}

/** Ids of the calls of `plan` that worked. */
const acceptedPlans = ({ role, content }: ModelMessage): string[] =>
  role !== 'tool' || typeof content === 'string'
    ? []
    : content.flatMap((part) =>
        part.type === 'tool-result' && part.toolName === 'plan' && !part.output.type.startsWith('error')
          ? [part.toolCallId]
          : [],
      );

/** Ids of edits in tool results. */
const editsIn = ({ role, content }: ModelMessage): string[] =>
  role === 'tool' && typeof content !== 'string'
    ? [...JSON.stringify(content).matchAll(/\bedit\\?":\\?"(edit_[0-9a-f]{32})/g)].map(([, id]) => id)
    : [];

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
  return messages.flatMap((message, index): ModelMessage[] => {
    if (index > last) return [message];
    if (message.role === 'user') return [{ role: 'user', content: textOf(message) }];
    if (message.role === 'assistant') return doneBy(message);
    return message.role === 'system' ? [message] : [];
  });
}

function textOf({ content }: Extract<ModelMessage, { role: 'user' }>): string {
  if (typeof content === 'string') return content;
  const texts = content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  // A note on a preview that is not there would only be in the way.
  return texts.filter((text) => !/^\[image img_[0-9a-f]{32}, a small preview of it\]$/.test(text)).join('\n');
}

/** Earlier calls in one line: what "it" and "undo that" refer to. */
function doneBy({ content }: Extract<ModelMessage, { role: 'assistant' }>): ModelMessage[] {
  if (typeof content === 'string') return [];
  const calls = content.flatMap((part) =>
    part.type === 'tool-call' && part.toolName !== 'plan' ? [`${part.toolName} ${aboutWhat(part.input)}`.trim()] : [],
  );
  return calls.length > 0 ? [{ role: 'assistant', content: `(called then: ${calls.join('; ')})` }] : [];
}

const aboutSchema = z.object({
  phrase: z.string().optional(),
  phrases: z.array(z.string()).optional(),
  prompt: z.string().optional(),
  operation: z.string().optional(),
});

function aboutWhat(input: unknown): string {
  const about = aboutSchema.safeParse(input);
  return about.success && Object.keys(about.data).length > 0 ? JSON.stringify(about.data) : '';
}
