import { type ToolName, toolDefinitions, toolMessage, verifyMessage } from '@atelier/sdk/tools';
import { z } from 'zod';
import { appMeta, callMeta } from '../../apps/app-meta.ts';
import type { McpSettings } from '../../options.ts';
import { changesPictures } from '../changes-pictures.ts';
import { type McpCall, type McpTool, mcpTool, type ToolReply } from '../mcp-tool.ts';
import { loadPicture, pictureSchema, takePicture } from '../take-picture.ts';
import {
  chosenNumber,
  noneChosen,
  type WhichOne,
  whichOneAdvice,
  whichOneForm,
  whichOneMessage,
} from '../which-one.ts';
import { approve, approvedState } from './approval.ts';
import { spendWord } from './approval-word.ts';
import { describeOutput } from './describe-output.ts';
import { flatOutput } from './flat-output.ts';
import { ownHistory } from './own-history.ts';

type Definition = (typeof toolDefinitions)[number];

/** The SDK's tools as MCP tools: names, words and schemas are the SDK's own. */
export const sdkTools = (settings: McpSettings): readonly McpTool[] =>
  toolDefinitions.filter(({ name }) => name !== 'plan').map((definition) => renderTool(definition, settings));

/** Tools whose results the viewer has something to show of. */
const shownByViewer: ReadonlySet<ToolName> = new Set([
  'detect_objects',
  'segment_object',
  'remove_object',
  'inpaint_image',
  'adjust_image',
  'undo_edit',
]);

function renderTool(definition: Definition, settings: McpSettings): McpTool {
  const { name, title, description, annotations } = definition;
  // Of the tools' many types of schemas only the common one matters here.
  const outputSchema: z.ZodType = definition.outputSchema;
  // Every tool of the list has these two kinds of schema; the list's own type is the union of all of them.
  const input = definition.inputSchema as z.ZodObject;
  const asks = settings.approve === 'edits' && changesPictures(name);
  const fields = { ...('image' in input.shape ? { image: pictureSchema } : {}), ...(asks ? approvalFields.input : {}) };
  return mcpTool({
    name,
    title,
    description,
    annotations: { ...annotations, ...(name === 'load_image' ? loads : { openWorldHint: false }) },
    scope: changesPictures(name) ? 'edit' : 'look',
    inputSchema: input.extend(fields),
    outputSchema: withQuestions(flatOutput(outputSchema), asks),
    ...(shownByViewer.has(name) ? { meta: appMeta } : {}),
    handle: (given, call) => runSdkTool(name, given, call),
  });
}

/** An edit that names no picture is of the one that was loaded last: for a host, that is no mere look. */
const loads = { readOnlyHint: false, openWorldHint: true } as const;

const approvalFields = {
  input: { approval: z.string().max(200).optional().describe('From an earlier result with needs: "approval"') },
  output: { approval: z.string().optional(), message: z.string().optional() },
};

/** Where a call may have to be approved, everything else of its output may be missing. */
const withQuestions = (output: z.ZodObject, asks: boolean): z.ZodObject =>
  asks
    ? output.partial().extend({ ...approvalFields.output, needs: z.enum(['choice', 'approval']).optional() })
    : output;

const choiceNeededSchema = z.object({
  needs: z.literal('choice'),
  reason: z.enum(['ambiguous', 'no-match']),
  phrase: z.string(),
  candidates: z.array(z.custom<WhichOne['candidates'][number]>()),
  overlay: z.string(),
});

const runSdkTool: (name: ToolName, ...given: Parameters<McpTool['handle']>) => ReturnType<McpTool['handle']> = async (
  name,
  { approval, ...given },
  call,
) => {
  if (name === 'load_image') return loadImage(given, call);
  const { people, language, signal, workshop } = call;
  const picture = typeof given.image === 'string' ? await takePicture(given.image, call) : undefined;
  const input = await withEdit(name, { ...given, ...(picture ? { image: picture.id } : {}) }, call);
  const edit = { tool: name, input, approval: typeof approval === 'string' ? approval : undefined };
  if (changesPictures(name)) {
    const question = await approve(edit, call);
    // Its session is not known before the call: the viewer needs the picture alone.
    if (question)
      return 'output' in question ? { ...question, meta: callMeta({ tool: name, image: picture }) } : question;
  }
  const answer = people.answer('choice');
  const choice = answer && chosenNumber(answer);
  if (answer && choice === undefined) throw noneChosen(answer.action);
  const message = toolMessage(language, name);
  call.tell(0, message);
  const { output, session } = await workshop.call({
    tool: name,
    input: choice === undefined ? input : { ...input, choice },
    language,
    signal,
    progress: (fraction) => call.tell(fraction * 0.85, message),
    onVerify: () => call.tell(0.9, verifyMessage(language)),
  });
  const asked = choiceNeededSchema.safeParse(output);
  const meta = callMeta({ tool: name, image: picture, session });
  if (!asked.success) {
    // Only now: a question in between is about the same deed.
    if (edit.approval !== undefined) spendWord(edit.approval);
    return { ...describeOutput(name, output, input), meta };
  }
  if (!people.canAsk) {
    const howToGoOn = `If they name one, call ${name} again with the same input and "choice": NUMBER.`;
    const advice = whichOneAdvice(asked.data, call.settings.images, howToGoOn);
    const pictures = [{ id: asked.data.overlay, title: 'The candidates, numbered', hasLink: false }];
    return { output, pictures, advice, meta };
  }
  const question = asked.data;
  return people.ask({
    key: 'choice',
    message: whichOneMessage(language, question),
    form: whichOneForm(language, question),
    ...(changesPictures(name) ? { state: approvedState(edit) } : {}),
  });
};

/** "The latest" is another edit a moment later: what a person agrees to is this one. */
async function withEdit(
  tool: ToolName,
  input: Record<string, unknown>,
  call: McpCall,
): Promise<Record<string, unknown>> {
  if (tool !== 'undo_edit' || input.edit !== undefined || call.settings.approve !== 'edits') return input;
  const head = (await ownHistory(call))?.head ?? null;
  return head === null ? input : { ...input, edit: head };
}

/** Read here, where its folders are: behind an agent API the tool would look on another machine. */
async function loadImage(
  { source }: Record<string, unknown>,
  call: Parameters<McpTool['handle']>[1],
): Promise<ToolReply> {
  call.tell(0, toolMessage(call.language, 'load_image'));
  const picture = await loadPicture(String(source), call);
  const { id, width, height } = picture;
  const isHeldBack = 'isCurrent' in picture && !picture.isCurrent;
  return {
    output: { image: id, width, height },
    pictures: [{ id, title: 'The picture' }],
    ...(isHeldBack ? { advice: heldBack } : {}),
  };
}

const heldBack =
  'A job is at work in this session, which goes on with its own picture. Name this one by its id to do something to it.';
