import { createHash } from 'node:crypto';
import { AtelierError } from '@atelier/sdk/errors';
import { approvalMessage, type ProposedWork, type ToolName, toolDefinitions } from '@atelier/sdk/tools';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type { McpCall, ToolReply } from '../mcp-tool.ts';
import { yesOrNo } from '../yes-or-no.ts';
import { isWordFor, newWord } from './approval-word.ts';
import { ownHistory } from './own-history.ts';

type UndoneWork = NonNullable<ProposedWork['undoes']>;

/** A call that may need a person's yes. */
export interface ProposedEdit {
  readonly tool: ToolName;
  readonly input: Readonly<Record<string, unknown>>;
  /** What a host that cannot ask handed back. */
  readonly approval: string | undefined;
}

/**
 * Undefined once a person has said yes to exactly this call, or none is needed; else what asks for it. Where the host cannot ask,
 * the model has to: the reply carries a word that stands for this call alone, once. Throws `not-approved` where the person says no.
 */
export async function approve(edit: ProposedEdit, call: McpCall): Promise<ToolReply | InputRequiredResult | undefined> {
  const { people, language, settings, principal } = call;
  if (settings.approve !== 'edits') return undefined;
  const digest = digestOf(edit);
  const word = { secret: settings.secret, scope: principal.scope, digest };
  if (people.state?.approved === digest || isWordFor(word, edit.approval)) return undefined;
  const undoes = await undoneBy(edit, call);
  const work = { ...edit, phrase: phraseOf(edit.input), step: undefined, isSure: true, ...(undoes ? { undoes } : {}) };
  const message = approvalMessage(language, work, 'asked');
  if (!people.canAsk) return { output: { needs: 'approval', message, approval: newWord(word) }, advice };
  // The answer counts only for the call that was asked about.
  const answer = people.state?.asked === digest ? people.answer('approval') : undefined;
  if (answer === undefined) {
    return people.ask({ key: 'approval', message, form: yesOrNo(language), state: { asked: digest } });
  }
  if (answer.action === 'accept' && answer.content.approved === true) return undefined;
  throw new AtelierError({ code: 'not-approved', message: 'The person did not agree to it. Nothing was changed.' });
}

const phraseOf = ({ phrase }: ProposedEdit['input']): string | undefined =>
  typeof phrase === 'string' ? phrase : undefined;

/** The edit that an undo takes back, where the caller's session tells: nobody can agree to an id. */
async function undoneBy({ tool, input }: ProposedEdit, call: McpCall): Promise<UndoneWork | undefined> {
  if (tool !== 'undo_edit') return undefined;
  const edit = (await ownHistory(call))?.edits.find(({ id }) => id === input.edit);
  const made = toolDefinitions.find(({ name }) => name === edit?.tool)?.name;
  return edit && made && { tool: made, input: edit.input, phrase: phraseOf(edit.input) ?? edit.label };
}

/** What later rounds of the same call must know: that this was approved. */
export const approvedState = (edit: ProposedEdit): Readonly<Record<string, unknown>> => ({ approved: digestOf(edit) });

const advice =
  'Nothing is changed yet. Tell the person what would be done and ask. Only if they say yes, call again with the same input and this "approval".';

/** The choice is left out: it answers a question about the same edit. */
function digestOf({ tool, input }: ProposedEdit): string {
  const fields = Object.entries(input).filter(([name, value]) => name !== 'choice' && value !== undefined);
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([tool, sorted]))
    .digest('hex');
}
