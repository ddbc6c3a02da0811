import type { ModelMessage } from 'ai';
import { z } from 'zod';
import { AtelierError } from '../errors/atelier-error.ts';
import type { ToolName } from '../tools/schemas.ts';
import type { AnyTool } from '../tools/tools.ts';
import { findTool, isToolName } from '../tools/tools.ts';
import { readPlan, type TurnPlan } from './plan-first.ts';
import type { ApprovalMode, ProposedCall } from './run.ts';
import type { ApprovalAnswer } from './run-port.ts';

/** A call that the AI SDK asks about, before it is made. */
export interface GatedCall {
  readonly toolCall: { readonly toolName: string; readonly input: unknown };
  readonly messages: readonly ModelMessage[];
}

/** What happens with a call: as it is, not at all, or only if a person says yes. */
export type Verdict =
  | { readonly type: 'allow' }
  | {
      readonly type: 'deny';
      readonly reason: string;
      /** False where nobody had asked for it anyway. */
      readonly planned: boolean;
    }
  | { readonly type: 'ask'; readonly reason: 'asked' | 'not-planned' };

const inputSchema = z.record(z.string(), z.unknown()).catch({});

/** The input of a call as an object, for questions and rules. */
export const callInput = (input: unknown): Readonly<Record<string, unknown>> => inputSchema.parse(input);

/** Whether a tool changes pictures, or reads files and URLs: what only the person's words may lead to. */
export const isGuarded = ({ name, annotations }: AnyTool): boolean =>
  !annotations.readOnlyHint || name === 'load_image';

/**
 * Decides about one call of a tool. Calls that only look are always allowed. Those that change a picture, or open another one,
 * must come from the turn's first plan, which was made from the person's words alone; others are for a person to allow.
 */
export async function judge(call: GatedCall, mode: ApprovalMode, sees: boolean): Promise<Verdict> {
  const { toolName } = call.toolCall;
  const tool = isToolName(toolName) ? findTool(toolName) : undefined;
  if (!tool || tool.name === 'plan') return { type: 'allow' };
  const plan = readPlan(call.messages, sees);
  // Whatever it answered would reach the brain before the plan.
  if (plan.wordsOnly) {
    return { type: 'deny', reason: 'There is no plan yet. Call plan first, by itself.', planned: false };
  }
  const isPlanned = !isGuarded(tool) || plan.tools?.has(tool.name) === true || takesBackOwn(call, plan);
  if (typeof mode === 'function') return judgeByRule(mode, tool, call, isPlanned);
  if (!isPlanned) return { type: 'ask', reason: 'not-planned' };
  return mode === 'edits' && !tool.annotations.readOnlyHint ? { type: 'ask', reason: 'asked' } : { type: 'allow' };
}

/** Whoever made an edit in this turn may take it back. */
function takesBackOwn({ toolCall: { toolName, input } }: GatedCall, { edits }: TurnPlan): boolean {
  if (toolName !== 'undo_edit') return false;
  const { edit } = callInput(input);
  return typeof edit === 'string' ? edits.has(edit) : edits.size > 0;
}

type Rule = Extract<ApprovalMode, (...args: never[]) => unknown>;

async function callRule(rule: Rule, call: ProposedCall): Promise<unknown> {
  try {
    return await rule(call);
  } catch (cause) {
    const message = `The rule in \`approve\` failed: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new AtelierError({ code: 'invalid-input', message, hint: 'It must answer ask, allow or deny.', cause });
  }
}

async function judgeByRule(rule: Rule, tool: AnyTool, { toolCall }: GatedCall, isPlanned: boolean): Promise<Verdict> {
  const input = callInput(toolCall.input);
  const proposed = { tool: tool.name, input, readOnly: tool.annotations.readOnlyHint, planned: isPlanned };
  const said = await callRule(rule, proposed);
  if (said === 'deny') return { type: 'deny', reason: 'This is not allowed here.', planned: isPlanned };
  // Whatever else a rule answers, a forgotten return included, is no leave. What a person's words did not lead to takes a
  // person's word, whatever a general rule says.
  if (said === 'allow' && isPlanned) return { type: 'allow' };
  return { type: 'ask', reason: isPlanned ? 'asked' : 'not-planned' };
}

/** What the brain is told where a call was not allowed. */
export function refusal(reason: 'asked' | 'not-planned', tool: ToolName, answer: ApprovalAnswer | undefined): string {
  if (answer?.reason) return `The person said no: ${answer.reason}`;
  if (answer) return 'The person said no.';
  if (reason === 'asked') return 'This needs a yes from a person, and nobody was there to give it.';
  return `${tool} was not in the plan that was made from the person's words, and nobody was there to allow it. Do without it, or say what should be asked for.`;
}

/**
 * The error of a run in which a person did not allow what they had asked for.
 * @param step what it was, in the person's language: "Remove the cup"
 */
export const notApproved = (tool: ToolName, step: string, answer: ApprovalAnswer | undefined): AtelierError =>
  new AtelierError({
    code: 'not-approved',
    message: answer
      ? `Not done: you said no to “${step}”${answer.reason ? ` (${answer.reason})` : ''}.`
      : `“${step}” needs a person's yes, and nobody was there to give it.`,
    hint: answer ? 'Nothing was changed by it.' : 'Run it where somebody can answer, or without approval.',
    details: answer
      ? { tool, step, refusedBy: 'person', ...(answer.reason ? { reason: answer.reason } : {}) }
      : { tool, step, refusedBy: 'nobody' },
  });

/** The error of a run whose settings do not allow what was asked for. */
export const deniedByRule = (tool: ToolName, step: string): AtelierError =>
  new AtelierError({
    code: 'not-approved',
    message: `${tool} is not allowed here.`,
    hint: "The run's `approve` rule said no. Nothing was changed by it.",
    details: { tool, step, refusedBy: 'rule' },
  });
